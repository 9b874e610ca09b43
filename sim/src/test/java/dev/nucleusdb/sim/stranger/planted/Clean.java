package dev.nucleusdb.sim.stranger.planted;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Code with nothing to report.
public final class Clean {
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  /// Its `equals` and `hashCode` are made of handles on fields.
  private record Pair(int left, int right) {}

  /// Counts.
  public int count(List<String> words) {
    words.forEach(word -> counts.merge(word, 1, Integer::sum));
    return counts.size() + new Pair(1, 2).hashCode();
  }
}
