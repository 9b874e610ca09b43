package dev.nucleusdb.bench.check;

/// What a judge took for one history.
///
/// @param name what was judged
/// @param operations how many operations or transactions it has
/// @param verdict `valid`, `invalid` or `unknown`
/// @param configurations how many configurations the search visited; the same in every run
/// @param steps how often the model was asked; the same in every run
/// @param nanos by round, how long it took
public record CheckFigure(
    String name, int operations, String verdict, long configurations, long steps, long[] nanos) {
  /// The median, in milliseconds.
  public double medianMillis() {
    return sorted()[nanos.length / 2] / 1e6;
  }

  /// The shortest, in milliseconds.
  public double leastMillis() {
    return sorted()[0] / 1e6;
  }

  /// The longest, in milliseconds.
  public double mostMillis() {
    return sorted()[nanos.length - 1] / 1e6;
  }

  private long[] sorted() {
    long[] sorted = nanos.clone();
    java.util.Arrays.sort(sorted);
    return sorted;
  }
}
