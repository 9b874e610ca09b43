package dev.nucleusdb.linearizability.isolation.register;

import dev.nucleusdb.linearizability.isolation.cycle.EdgeReasons;
import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.Words;

/// Says why there is an edge between two transactions on registers.
record RegisterReasons(TransactionHistory history) implements EdgeReasons {
  @Override
  public String reason(int from, int to, EdgeKind kind) {
    String first = Words.of(history, from);
    String second = Words.of(history, to);
    return switch (kind) {
      case WR -> second + " read what " + first + " wrote";
      case WW, CONFLICT ->
          first
              + " wrote what "
              + second
              + " wrote too, and a reader of "
              + second
              + " comes after "
              + first;
      case RW, PREDICATE_RW -> first + " read what was there before " + second + " wrote";
      case SESSION -> first + " and " + second + " are of one session, in this order";
      case REAL_TIME -> first + " had returned before " + second + " was invoked";
    };
  }
}
