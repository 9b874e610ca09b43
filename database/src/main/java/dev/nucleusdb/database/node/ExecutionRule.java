package dev.nucleusdb.database.node;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The decisions of the state machine that exactly-once and compare-and-set hang on, under their
/// own name, so that the bug catalogue can replace them.
public interface ExecutionRule {
  /// The rules of sessions (Raft thesis §6.3).
  ExecutionRule SESSIONS = new ExecutionRule() {};

  /// Whether an operation is new to its session.
  default boolean isNew(long sequence, long lastSequence) {
    return sequence > lastSequence;
  }

  /// Whether a session that is remembered may go on. Which is closed when there are too many is a
  /// matter of the log, on every node alike; a node's own clock has no say in it.
  default boolean isOpen(long session) {
    return true;
  }

  /// Whether a compare-and-set finds what it expects; null is absence.
  default boolean isExpected(byte @Nullable [] expected, byte @Nullable [] actual) {
    return Arrays.equals(expected, actual);
  }

  /// Whether a put that was decided on is carried out here.
  default boolean isCarriedOut(byte[] key) {
    return true;
  }
}
