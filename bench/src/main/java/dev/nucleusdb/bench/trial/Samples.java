package dev.nucleusdb.bench.trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was measured of one system: for each figure, the samples of all rounds.
public final class Samples {
  private final Map<String, List<Double>> byFigure = new LinkedHashMap<>();

  /// Adds a sample.
  public void add(String figure, double value) {
    byFigure.computeIfAbsent(figure, key -> new ArrayList<>()).add(value);
  }

  /// Adds all samples of others.
  public void addAll(Samples others) {
    others.byFigure.forEach((figure, values) -> values.forEach(value -> add(figure, value)));
  }

  /// The figures that have samples, in the order in which they came.
  public List<String> figures() {
    return List.copyOf(byFigure.keySet());
  }

  /// Whether there is a sample.
  public boolean has(String figure) {
    return byFigure.containsKey(figure);
  }

  /// How many samples there are.
  public int count(String figure) {
    return byFigure.getOrDefault(figure, List.of()).size();
  }

  /// The smallest sample that at least so many per cent of all do not exceed; NaN without samples.
  ///
  /// @param percentile 0 to 100; 0 gives the smallest, 100 the largest
  public double percentile(String figure, double percentile) {
    double[] sorted = sorted(figure);
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(percentile / 100 * sorted.length);
    return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
  }

  /// The sample in the middle, the mean of two if their number is even; NaN without samples.
  public double median(String figure) {
    double[] sorted = sorted(figure);
    int count = sorted.length;
    return count == 0 ? Double.NaN : (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
  }

  /// The median here as a multiple of the other's; NaN if either is missing.
  public double ratio(String figure, Samples other) {
    return median(figure) / other.median(figure);
  }

  private double[] sorted(String figure) {
    return byFigure.getOrDefault(figure, List.of()).stream()
        .mapToDouble(sample -> sample)
        .sorted()
        .toArray();
  }
}
