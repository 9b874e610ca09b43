package dev.nucleusdb.core.consensus;

import org.jspecify.annotations.Nullable;

/// What the log's commands act on. Deterministic: the same commands in the same order give the same
/// state and the same answers on every member; no clock, no random number, no iteration order.
public interface StateMachine {

  /// The index of the last command whose effect is in the state; commands above it follow.
  long appliedIndex();

  /// Carries out a command. Indices rise by one; an index without a command (a leader's first entry
  /// of its term) comes with none. The command is a part of an array that nobody changes and that
  /// holds other things beside it: what is to be kept is copied.
  ///
  /// @param bytes where the command is
  /// @param offset where in `bytes` it begins
  /// @param size its bytes; 0 for no command
  /// @return the answer for whoever proposed it, not null
  Object apply(long index, byte[] bytes, int offset, int size);

  /// The state as it is now, at [#appliedIndex].
  SnapshotReader snapshot();

  /// Begins to take another member's state; at most one at a time.
  SnapshotWriter receive();

  /// The mark of the snapshot that was installed last, durable with the state; null if none was.
  byte @Nullable [] snapshotMark();
}
