package dev.nucleusdb.bench.trial;

/// Names of figures, as children print them and JSON repeats them.
public final class Figure {
  /// Times from a leader's death to the first commit under the next, seconds.
  public static final String CRASH = "crash-to-commit-s";

  /// Pauses of writes around planned handovers, milliseconds.
  public static final String HANDOVER = "handover-pause-ms";

  /// Entries a second of the open loop.
  public static final String OPEN_RATE = "open-rate";

  /// Terms that began while the loads ran, not counting those of planned handovers.
  public static final String FALSE_ELECTIONS = "elections-under-load";

  private Figure() {}

  /// Commits per second.
  public static String rate(int outstanding) {
    return "rate-" + outstanding;
  }

  /// CPU microseconds for a commit, all nodes.
  public static String cpu(int outstanding) {
    return "cpu-us-" + outstanding;
  }

  /// Bytes allocated for a commit, all nodes.
  public static String allocated(int outstanding) {
    return "allocated-bytes-" + outstanding;
  }

  /// A percentile of the closed loop's times, milliseconds.
  public static String millis(int outstanding, String percentile) {
    return percentile + "-ms-" + outstanding;
  }

  /// A percentile of the open loop's times, milliseconds.
  public static String open(String percentile) {
    return "open-" + percentile + "-ms";
  }

  /// How many entries were refused and tried again.
  public static String refused(int outstanding) {
    return "refused-" + outstanding;
  }
}
