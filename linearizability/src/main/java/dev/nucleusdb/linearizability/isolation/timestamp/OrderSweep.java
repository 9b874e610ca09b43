package dev.nucleusdb.linearizability.isolation.timestamp;

import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.BaseLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.transaction.ReturnOrder;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Compares timestamps with session order and real time. One pass over the invocations, with the
/// largest commit of what has returned so far.
final class OrderSweep {
  private static final int NOBODY = -1;

  private final TransactionHistory history;
  private final Timestamps timestamps;
  private final TimestampFindings findings;
  private final Patience patience;

  OrderSweep(
      TransactionHistory history,
      Timestamps timestamps,
      TimestampFindings findings,
      Patience patience) {
    this.patience = patience;
    this.history = history;
    this.timestamps = timestamps;
    this.findings = findings;
  }

  void run() {
    sessions();
    realTime();
  }

  private void sessions() {
    patience.begin("transactions were compared with their session's", history.size());
    Map<Long, int[]> lastOf = new LinkedHashMap<>();
    for (int transaction = 0; transaction < history.size(); transaction++) {
      patience.spend(1);
      patience.advance();
      if (!timestamps.isMember(transaction)) {
        continue;
      }
      int[] last = lastOf.computeIfAbsent(history.session(transaction), _ -> new int[] {NOBODY});
      if (last[0] != NOBODY) {
        compare(last[0], transaction, Anomaly.SESSION_ORDER, OrderKept.SESSION);
      }
      boolean newest =
          last[0] == NOBODY || timestamps.commit(transaction) > timestamps.commit(last[0]);
      if (history.isCommitted(transaction) && newest) {
        last[0] = transaction;
      }
    }
  }

  private void realTime() {
    int[] byReturn = returned();
    int newest = NOBODY;
    int place = 0;
    patience.begin("transactions were compared with real time", history.size());
    for (int transaction = 0; transaction < history.size(); transaction++) {
      patience.spend(1);
      patience.advance();
      long invoke = history.invokeTime(transaction);
      while (place < byReturn.length && history.returnTime(byReturn[place]) < invoke) {
        int other = byReturn[place++];
        if (newest == NOBODY || timestamps.commit(other) > timestamps.commit(newest)) {
          newest = other;
        }
      }
      if (newest != NOBODY && timestamps.isMember(transaction)) {
        compare(newest, transaction, Anomaly.REAL_TIME_ORDER, OrderKept.REAL_TIME);
      }
    }
  }

  private int[] returned() {
    int[] nodes = new int[history.size()];
    long[] returns = new long[history.size()];
    int count = 0;
    for (int transaction = 0; transaction < nodes.length; transaction++) {
      returns[transaction] = history.returnTime(transaction);
      if (history.isCommitted(transaction)) {
        nodes[count++] = transaction;
      }
    }
    int[] byReturn = Arrays.copyOf(nodes, count);
    ReturnOrder.sort(byReturn, returns);
    return byReturn;
  }

  /// A transaction must not have a timestamp before the commit of one that precedes it.
  private void compare(int earlier, int later, Anomaly anomaly, OrderKept order) {
    long commit = timestamps.commit(earlier);
    if (timestamps.start(later) < commit) {
      findings.add(
          anomaly,
          BaseLevel.SNAPSHOT,
          order,
          List.of(earlier, later),
          () -> words(later, "read a snapshot of ", timestamps.start(later), earlier, order));
    }
    if (timestamps.commit(later) < commit) {
      findings.add(
          anomaly,
          BaseLevel.SERIALIZABLE,
          order,
          List.of(earlier, later),
          () -> words(later, "committed at ", timestamps.commit(later), earlier, order));
    }
  }

  private String words(int later, String did, long timestamp, int earlier, OrderKept order) {
    return "T"
        + (later + 1)
        + " "
        + did
        + timestamp
        + ", though T"
        + (earlier + 1)
        + (order == OrderKept.SESSION ? " of its session" : ", which had returned before,")
        + " committed at "
        + timestamps.commit(earlier);
  }
}
