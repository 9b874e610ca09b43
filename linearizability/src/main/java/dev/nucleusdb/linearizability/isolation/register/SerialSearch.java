package dev.nucleusdb.linearizability.isolation.register;

import dev.nucleusdb.linearizability.isolation.cycle.DependencyGraph;
import dev.nucleusdb.linearizability.isolation.cycle.GraphCycles;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks for a serial order of few transactions, depth first; what has been done and what registers
/// hold then is remembered, so that nothing is tried twice.
final class SerialSearch {
  /// The most transactions that are searched, for a set of them is one long.
  static final int MAX_TRANSACTIONS = 62;

  /// The most situations that are remembered.
  static final int MAX_REMEMBERED = 200_000;

  /// What a situation takes, and each number in it, about.
  private static final long BYTES_OF_SITUATION = 100;

  private static final long BYTES_OF_NUMBER = 24;

  /// What the search found.
  enum Result {
    ORDER,
    NO_ORDER,
    GIVEN_UP
  }

  private final TransactionHistory history;
  private final Patience patience;
  private final int[] members;
  private final long[] waitsFor;
  private final int[] registers;
  private final Set<List<Long>> dead = new LinkedHashSet<>();
  private final List<Integer> order = new ArrayList<>();
  private boolean givenUp;

  /// @param graph what certainly comes before what
  /// @param members at most [#MAX_TRANSACTIONS]
  /// @param realTime whether the order must agree with real time
  SerialSearch(
      TransactionHistory history,
      DependencyGraph graph,
      int kinds,
      int[] members,
      boolean realTime,
      Patience patience) {
    this.history = history;
    this.patience = patience;
    this.members = members;
    this.waitsFor = new long[members.length];
    this.registers = new int[history.keyCount()];
    Arrays.fill(registers, TransactionHistory.ABSENT);
    for (int from = 0; from < members.length; from++) {
      for (int to = 0; to < members.length; to++) {
        boolean earlier =
            GraphCycles.leads(graph, kinds, members[from], members[to])
                || (realTime
                    && history.returnTime(members[from]) < history.invokeTime(members[to]));
        waitsFor[to] |= earlier ? 1L << from : 0;
      }
    }
  }

  Result run() {
    boolean found = extend(0);
    return found ? Result.ORDER : givenUp ? Result.GIVEN_UP : Result.NO_ORDER;
  }

  /// The order that was found.
  Optional<int[]> order() {
    return order.size() == members.length
        ? Optional.of(order.stream().mapToInt(Integer::intValue).toArray())
        : Optional.empty();
  }

  private boolean extend(long done) {
    if (order.size() == members.length) {
      return true;
    }
    if (dead.size() >= MAX_REMEMBERED || patience.ended()) {
      givenUp = true;
      return false;
    }
    List<Long> situation = new ArrayList<>();
    situation.add(done);
    Arrays.stream(registers).forEach(value -> situation.add((long) value));
    if (dead.contains(situation)) {
      return false;
    }
    for (int place = 0; place < members.length; place++) {
      boolean free = (done >>> place & 1) == 0 && (waitsFor[place] & ~done) == 0;
      if (free && tryNext(done, place)) {
        return true;
      }
    }
    patience.take(BYTES_OF_SITUATION + BYTES_OF_NUMBER * situation.size());
    dead.add(situation);
    return false;
  }

  private boolean tryNext(long done, int place) {
    int transaction = members[place];
    int[] saved = registers.clone();
    order.add(transaction);
    if (replays(transaction) && extend(done | 1L << place)) {
      return true;
    }
    order.removeLast();
    System.arraycopy(saved, 0, registers, 0, saved.length);
    return false;
  }

  private boolean replays(int transaction) {
    boolean counts = history.isCommitted(transaction);
    for (int step = history.firstStep(transaction); step < history.endStep(transaction); step++) {
      int key = history.key(step);
      if (history.kind(step).isWrite()) {
        registers[key] = history.value(step);
      } else if (counts && history.isKnown(step) && registers[key] != history.value(step)) {
        return false;
      }
    }
    return true;
  }
}
