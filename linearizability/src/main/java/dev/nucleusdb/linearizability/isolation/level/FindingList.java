package dev.nucleusdb.linearizability.isolation.level;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What is wrong without any cycle. Of each anomaly the first few are kept and all are counted.
public final class FindingList {
  /// How many of one anomaly are kept.
  public static final int MAX_KEPT = 8;

  private final List<Finding> kept = new ArrayList<>();
  private final Map<Anomaly, Integer> counts = new EnumMap<>(Anomaly.class);

  /// None yet.
  public FindingList() {}

  /// Says what is wrong, if anybody is going to hear it.
  @FunctionalInterface
  public interface Reason {
    /// One sentence, without a full stop.
    String inWords();
  }

  /// Adds a finding.
  public void add(Anomaly anomaly, List<Integer> transactions, Reason reason) {
    if (counts.merge(anomaly, 1, Integer::sum) <= MAX_KEPT) {
      List<Integer> distinct = transactions.stream().distinct().toList();
      kept.add(new Finding(anomaly, distinct, List.of(), List.of(reason.inWords())));
    }
  }

  /// Adds what is in another list.
  public void addAll(FindingList others) {
    kept.addAll(others.kept);
    others.counts.forEach((anomaly, count) -> counts.merge(anomaly, count, Integer::sum));
  }

  /// The findings that were kept.
  public List<Finding> findings() {
    return List.copyOf(kept);
  }

  /// How many of each anomaly there are.
  public Map<Anomaly, Integer> counts() {
    return new EnumMap<>(counts);
  }
}
