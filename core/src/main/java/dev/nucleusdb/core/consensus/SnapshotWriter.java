package dev.nucleusdb.core.consensus;

/// A state that another member sends, gathered beside the own one, which stays in force to the last
/// moment: a crash leaves the one or the other, whole.
public interface SnapshotWriter extends AutoCloseable {

  /// Takes the next piece, as [SnapshotReader#next] made it.
  ///
  /// @throws IllegalArgumentException if it is none
  /// @throws dev.nucleusdb.core.disk.DiskException of kind `NO_SPACE`, and this one is to be
  ///   closed; or of another kind, after which the node must stop
  void add(byte[] piece);

  /// Puts the state in force, durably, once all pieces are there.
  ///
  /// @param index the index of the last command whose effect is in it
  /// @param mark kept with the state, for [StateMachine#snapshotMark]
  /// @throws IllegalArgumentException if pieces are missing
  void install(long index, byte[] mark);

  /// Lets go of what was gathered, unless it was installed.
  @Override
  void close();
}
