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
  private final TiedCommits tied;
  private final TimestampFindings findings;
  private final Patience patience;

  OrderSweep(
      TransactionHistory history,
      Timestamps timestamps,
      TiedCommits tied,
      TimestampFindings findings,
      Patience patience) {
    this.patience = patience;
    this.history = history;
    this.timestamps = timestamps;
    this.tied = tied;
    this.findings = findings;
  }

  void run() {
    sessions();
    realTime();
  }

  private void sessions() {
    patience.begin("transactions were compared with their session's", history.size());
    Map<Long, Past> pastOf = new LinkedHashMap<>();
    for (int transaction = 0; transaction < history.size(); transaction++) {
      patience.spend(1);
      patience.advance();
      if (!timestamps.isMember(transaction)) {
        continue;
      }
      Past past = pastOf.computeIfAbsent(history.session(transaction), _ -> new Past());
      past.compare(transaction, Anomaly.SESSION_ORDER, OrderKept.SESSION);
      if (history.isCommitted(transaction)) {
        past.add(transaction);
      }
    }
  }

  private void realTime() {
    int[] byReturn = returned();
    Past past = new Past();
    int place = 0;
    patience.begin("transactions were compared with real time", history.size());
    for (int transaction = 0; transaction < history.size(); transaction++) {
      patience.spend(1);
      patience.advance();
      long invoke = history.invokeTime(transaction);
      while (place < byReturn.length && history.returnTime(byReturn[place]) < invoke) {
        past.add(byReturn[place++]);
      }
      if (timestamps.isMember(transaction)) {
        past.compare(transaction, Anomaly.REAL_TIME_ORDER, OrderKept.REAL_TIME);
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

  /// Of the transactions that precede others those that tell most: with the latest commits, one
  /// that wrote and one that read.
  private final class Past {
    private int writer = NOBODY;
    private int reader = NOBODY;

    void add(int transaction) {
      if (timestamps.writes(transaction) && isNewer(transaction, writer, 0)) {
        writer = transaction;
      }
      if (!timestamps.writes(transaction) || timestamps.reads(transaction)) {
        boolean newer = isNewer(transaction, reader, latestRead(reader) - latestRead(transaction));
        reader = newer ? transaction : reader;
      }
    }

    private boolean isNewer(int transaction, int known, int tie) {
      int order =
          known == NOBODY
              ? 1
              : Long.compare(timestamps.commit(transaction), timestamps.commit(known));
      return order > 0 || (order == 0 && tie < 0);
    }

    /// How much of what was written at its own commit a transaction sees: all, if that is its only
    /// timestamp; in its snapshot; nothing.
    private int latestRead(int transaction) {
      if (transaction == NOBODY) {
        return 0;
      }
      boolean atOnce = timestamps.start(transaction) == timestamps.commit(transaction);
      return !timestamps.hasCommit(transaction) ? 2 : atOnce ? 1 : 0;
    }

    void compare(int later, Anomaly anomaly, OrderKept order) {
      if (writer != NOBODY) {
        OrderSweep.this.compare(writer, later, anomaly, order);
      }
      if (reader != NOBODY && reader != writer) {
        OrderSweep.this.compare(reader, later, anomaly, order);
      }
    }
  }

  /// Whether a snapshot has what a later transaction wrote.
  private boolean foresees(int earlier, int later) {
    return timestamps.reads(earlier)
        && timestamps.writes(later)
        && timestamps.commit(later) <= timestamps.start(earlier);
  }

  /// Whether two that committed at one timestamp did so in the other order.
  private boolean isTurnedRound(int earlier, int later) {
    if (timestamps.commit(earlier) != timestamps.commit(later)) {
      return false;
    }
    if (timestamps.hasCommit(earlier)) {
      return tied.comesFirst(later) && timestamps.writes(earlier);
    }
    boolean unseen = timestamps.hasCommit(later) && timestamps.reads(later);
    return (timestamps.reads(earlier) && timestamps.writes(later))
        || (timestamps.writes(earlier) && unseen)
        || tied.comesBeforeSingle(later);
  }

  /// A transaction must not have a timestamp before the commit of one that precedes it.
  private void compare(int earlier, int later, Anomaly anomaly, OrderKept order) {
    long commit = timestamps.commit(earlier);
    if (timestamps.start(later) < commit || foresees(earlier, later)) {
      findings.add(
          anomaly,
          BaseLevel.SNAPSHOT,
          order,
          List.of(earlier, later),
          () -> words(later, "read a snapshot of ", timestamps.start(later), earlier, order));
    }
    if (timestamps.commit(later) < commit || isTurnedRound(earlier, later)) {
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
        + timestamps.commit(earlier)
        + (timestamp < timestamps.commit(earlier)
            ? ""
            : ", where by what they read and wrote it comes later");
  }
}
