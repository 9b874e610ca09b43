package dev.nucleusdb.raft.snapshot;

import static dev.nucleusdb.core.assertion.Assertions.require;

/// When a log is cut, and how those are helped who needed what was cut away.
///
/// @param logRetainedBytesMax how large a leader lets the log grow for the sake of followers that
///   are behind, in bytes of commands and 64 for each entry; beyond it the log goes as far as the
///   state machine is durable, but not what a follower that was heard lately still needs, up to
///   four times as much, or 64 KiB; default 64 MiB, extremes 0 to 64 MiB
/// @param pieceBytesMax most bytes in one piece of a snapshot beyond its first record; default 256
///   KiB, extremes 1 byte to 1 MiB
/// @param bytesPerSecondMax most bytes of a snapshot in a second, to each follower, counted as if
///   every piece were full; at least ten pieces, so that no piece waits for longer than a tenth of
///   a second; default 64 MiB, extremes 64 KiB to 1 GiB
public record SnapshotOptions(long logRetainedBytesMax, int pieceBytesMax, long bytesPerSecondMax) {
  private static final int MIB = 1 << 20;

  /// The defaults of production.
  public static final SnapshotOptions DEFAULT = new SnapshotOptions(64L * MIB, MIB / 4, 64L * MIB);

  /// @throws IllegalArgumentException if a limit leaves no room
  public SnapshotOptions {
    require(logRetainedBytesMax >= 0, "a log cannot have %d bytes", logRetainedBytesMax);
    require(pieceBytesMax > 0, "a piece must take at least one byte");
    require(
        bytesPerSecondMax >= 10L * pieceBytesMax,
        "ten pieces of %d bytes must be allowed in a second, not %d bytes",
        pieceBytesMax,
        bytesPerSecondMax);
  }

  /// How long the next piece has to wait after one.
  public long pauseNanos() {
    return pieceBytesMax * 1_000_000_000L / bytesPerSecondMax;
  }
}
