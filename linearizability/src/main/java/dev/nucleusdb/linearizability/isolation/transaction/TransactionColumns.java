package dev.nucleusdb.linearizability.isolation.transaction;

import dev.nucleusdb.linearizability.history.Outcome;

/// What is known of each transaction, one array for each column.
record TransactionColumns(
    long[] sessions,
    byte[] outcomes,
    long[] invokeTimes,
    long[] returnTimes,
    long[] starts,
    long[] commits,
    int[] lines) {
  static final byte COMMITTED = 0;
  static final byte ABORTED = 1;
  static final byte UNDECIDED = 2;
  static final Outcome[] OUTCOMES = {Outcome.OK, Outcome.FAILED, Outcome.UNKNOWN};

  static byte code(Outcome outcome) {
    return switch (outcome) {
      case OK -> COMMITTED;
      case FAILED -> ABORTED;
      case UNKNOWN -> UNDECIDED;
    };
  }
}
