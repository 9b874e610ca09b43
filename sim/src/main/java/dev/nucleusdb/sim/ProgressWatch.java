package dev.nucleusdb.sim;

import dev.nucleusdb.sim.fault.Seconds;
import dev.nucleusdb.sim.time.Kernel;
import java.util.function.LongSupplier;

/// Looks once a second whether a scenario gets on. It leaves no trace in the digest: whoever is
/// watched is the same world as whoever is not.
final class ProgressWatch {
  private static final long SECOND = 1_000_000_000;

  private final Kernel kernel;
  private final FaultDriver driver;
  private final LongSupplier progress;
  private final long maxNanos;
  private final long untilNanos;
  private long seen;
  private long seenNanos;

  ProgressWatch(
      Kernel kernel, FaultDriver driver, LongSupplier progress, long maxNanos, long untilNanos) {
    this.kernel = kernel;
    this.driver = driver;
    this.progress = progress;
    this.maxNanos = maxNanos;
    this.untilNanos = untilNanos;
  }

  void begin() {
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
    long calmSince = driver.calmSinceNanos();
    if (reached != seen || calmSince < 0) {
      seen = reached;
      seenNanos = now;
    } else if (now - Math.max(seenNanos, calmSince) > maxNanos) {
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
