package dev.nucleusdb.bench.system;

/// One running node. All methods may be called by any thread.
public interface RaftNode extends AutoCloseable {

  /// Whether this node believes to lead.
  boolean leads();

  /// The term of this node; -1 if it does not say.
  default long term() {
    return -1;
  }

  /// Proposes an entry. The array is not changed afterwards.
  ///
  /// @param verdict told once, on any thread, when the entry is committed and applied here, or when
  ///   it was refused or its fate is unknown
  void propose(byte[] entry, Verdict verdict);

  /// Begins to hand leadership over; returns at once. Without effect if this node does not lead.
  ///
  /// @param target the index of the place that is to lead
  void handOver(int target);

  /// Ends the node.
  @Override
  void close();
}
