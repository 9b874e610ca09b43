package dev.nucleusdb.scenarios.workload;

/// Operations by outcome.
///
/// @param ok done
/// @param failed certainly not done
/// @param unknown done or not
public record OperationCounts(long ok, long failed, long unknown) {
  /// None.
  public static final OperationCounts NONE = new OperationCounts(0, 0, 0);

  /// These and others together.
  public OperationCounts plus(OperationCounts other) {
    return new OperationCounts(ok + other.ok, failed + other.failed, unknown + other.unknown);
  }

  /// All together.
  public long total() {
    return ok + failed + unknown;
  }

  OperationCounts with(OperationLog.End end) {
    return switch (end) {
      case OK -> new OperationCounts(ok + 1, failed, unknown);
      case FAILED -> new OperationCounts(ok, failed + 1, unknown);
      case UNKNOWN -> new OperationCounts(ok, failed, unknown + 1);
    };
  }
}
