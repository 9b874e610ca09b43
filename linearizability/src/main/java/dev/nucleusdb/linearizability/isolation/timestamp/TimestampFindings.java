package dev.nucleusdb.linearizability.isolation.timestamp;

import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.BaseLevel;
import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.FindingList;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is wrong, with the first proof against each level.
final class TimestampFindings {
  private final FindingList all = new FindingList();
  private final Map<IsolationLevel, Finding> against = new EnumMap<>(IsolationLevel.class);

  FindingList all() {
    return all;
  }

  @Nullable Finding against(IsolationLevel level) {
    return against.get(level);
  }

  /// Adds a finding.
  ///
  /// @param base the level that it is against, or null for both
  /// @param order from which order on
  void add(
      Anomaly anomaly,
      @Nullable BaseLevel base,
      OrderKept order,
      List<Integer> transactions,
      FindingList.Reason reason) {
    all.add(anomaly, transactions, reason);
    for (OrderKept kept : OrderKept.values()) {
      for (BaseLevel each : new BaseLevel[] {BaseLevel.SNAPSHOT, BaseLevel.SERIALIZABLE}) {
        IsolationLevel level = IsolationLevel.of(each, kept);
        if (kept.implies(order) && (base == null || base == each) && !against.containsKey(level)) {
          against.put(
              level,
              new Finding(
                  anomaly,
                  transactions.stream().distinct().toList(),
                  List.of(),
                  List.of(reason.inWords())));
        }
      }
    }
  }
}
