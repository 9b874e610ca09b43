package dev.nucleusdb.bench.load;

import org.HdrHistogram.Histogram;

/// What a load has seen between the end of its warming up and its end.
///
/// @param cost what the process used, and how long it took
/// @param commits how many entries were committed
/// @param refusals how many were refused, or had an unknown fate, and were tried again
/// @param micros times from the proposal to the verdict of those committed, in microseconds
public record Loaded(ProcessCost cost, long commits, long refusals, Histogram micros) {
  /// Commits per second.
  public double rate() {
    return commits * 1e9 / cost.nanos();
  }

  /// CPU time for a commit, over all nodes, in microseconds.
  public double cpuMicros() {
    return cost.cpuNanos() / 1e3 / commits;
  }

  /// Bytes allocated for a commit, over all nodes.
  public double allocatedBytes() {
    return (double) cost.allocatedBytes() / commits;
  }

  /// A percentile of the times, in milliseconds.
  public double millis(double percentile) {
    return micros.getValueAtPercentile(percentile) / 1e3;
  }
}
