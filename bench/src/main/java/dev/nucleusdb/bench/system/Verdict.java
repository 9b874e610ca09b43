package dev.nucleusdb.bench.system;

/// Is told what became of an entry.
@FunctionalInterface
public interface Verdict {
  /// @param committed whether it is committed: durable on a majority, and applied on the node that
  ///   was asked
  void decided(boolean committed);
}
