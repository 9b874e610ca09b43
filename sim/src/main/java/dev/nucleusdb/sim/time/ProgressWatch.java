package dev.nucleusdb.sim.time;

import dev.nucleusdb.sim.fault.Seconds;
import java.util.function.LongSupplier;

/// Looks once a second whether a scenario gets on. It leaves no trace in the digest: whoever is
/// watched is the same world as whoever is not.
public final class ProgressWatch {
  private static final long SECOND = 1_000_000_000;

  private final Kernel kernel;
  private final LongSupplier calmSince;
  private final LongSupplier progress;
  private final long maxNanos;
  private final long untilNanos;
  private long seen;
  private long seenNanos;

  /// @param calmSince since when nothing has been wrong with the world; -1 if something is
  /// @param progress how far the scenario has come
  /// @param maxNanos how long that may stand still while nothing is wrong
  /// @param untilNanos when watching ends
  public ProgressWatch(
      Kernel kernel,
      LongSupplier calmSince,
      LongSupplier progress,
      long maxNanos,
      long untilNanos) {
    this.kernel = kernel;
    this.calmSince = calmSince;
    this.progress = progress;
    this.maxNanos = maxNanos;
    this.untilNanos = untilNanos;
  }

  /// Looks from now on.
  public void begin() {
    seen = progress.getAsLong();
    seenNanos = kernel.nowNanos();
    kernel.schedule(seenNanos + SECOND, this::look);
  }

  private void look() {
    long now = kernel.nowNanos();
    if (now > untilNanos) {
      return;
    }
    long reached = progress.getAsLong();
    long calm = calmSince.getAsLong();
    if (reached != seen || calm < 0) {
      seen = reached;
      seenNanos = now;
    } else if (now - Math.max(seenNanos, calm) > maxNanos) {
      kernel.violate(
          "no-progress",
          "nothing is wrong and nothing gets on beyond "
              + reached
              + " for more than "
              + Seconds.format(maxNanos));
    }
    kernel.schedule(now + SECOND, this::look);
  }
}
