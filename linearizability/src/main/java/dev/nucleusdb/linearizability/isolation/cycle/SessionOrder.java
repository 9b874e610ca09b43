package dev.nucleusdb.linearizability.isolation.cycle;

import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.LinkedHashMap;
import java.util.Map;

/// The order of the transactions of each session. From one that never returned no edge leads on:
/// its client did not wait for it, and it may take effect later than what follows.
final class SessionOrder {
  private static final int DENSE_SESSIONS = 1 << 16;
  private static final int NOBODY = -1;

  private final TransactionHistory history;
  private final boolean[] member;

  /// By small session number, the last transaction plus one.
  private final int[] lastOfSmall = new int[DENSE_SESSIONS];

  private final Map<Long, Integer> lastOfOther = new LinkedHashMap<>();

  SessionOrder(TransactionHistory history, boolean[] member) {
    this.history = history;
    this.member = member;
  }

  void addTo(EdgeCollector collector) {
    for (int transaction = 0; transaction < history.size(); transaction++) {
      if (!member[transaction]) {
        continue;
      }
      long session = history.session(transaction);
      boolean small = session >= 0 && session < DENSE_SESSIONS;
      int last = small ? lastOfSmall[(int) session] - 1 : lastOfOther.getOrDefault(session, NOBODY);
      if (last != NOBODY) {
        collector.add(last, transaction, EdgeKind.SESSION);
      }
      if (history.returnTime(transaction) != TransactionHistory.NEVER) {
        if (small) {
          lastOfSmall[(int) session] = transaction + 1;
        } else {
          lastOfOther.put(session, transaction);
        }
      }
    }
  }
}
