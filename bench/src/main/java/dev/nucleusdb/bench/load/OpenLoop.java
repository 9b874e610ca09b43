package dev.nucleusdb.bench.load;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// So many entries a second, whether or not the earlier ones have been answered. The time of an
/// entry runs from the moment it was due, not from the moment the load came to propose it: what
/// waits behind a pause counts as waiting (coordinated omission).
public final class OpenLoop {
  private static final long PARK_NANOS = 100_000;
  private static final int DRAIN_SECONDS = 20;

  private final Group group;
  private final Entries entries;
  private final double perSecond;
  private final Recorder recorder = new Recorder(3);
  private final LongAdder answered = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /// @param perSecond entries a second
  public OpenLoop(Group group, Entries entries, double perSecond) {
    this.group = group;
    this.entries = entries;
    this.perSecond = perSecond;
  }

  /// Loads the group, first without counting.
  ///
  /// @return times from when an entry was due to its commit, in microseconds
  /// @throws IllegalStateException if more than one entry in a hundred was refused
  public Histogram run(long warmUpMillis, long countedMillis) throws InterruptedException {
    long start = System.nanoTime();
    long warm = (long) (warmUpMillis * perSecond / 1e3);
    long all = (long) ((warmUpMillis + countedMillis) * perSecond / 1e3);
    for (long i = 0; i < all; i++) {
      long due = start + (long) (i * 1e9 / perSecond);
      while (due - System.nanoTime() > 0) {
        LockSupport.parkNanos(Math.min(PARK_NANOS, due - System.nanoTime()));
      }
      boolean counts = i >= warm;
      group.propose(entries.next(), committed -> decided(committed, counts, due));
    }
    long deadline = System.nanoTime() + DRAIN_SECONDS * 1_000_000_000L;
    while (answered.sum() < all && System.nanoTime() < deadline) {
      Thread.sleep(5);
    }
    long missing = all - answered.sum() + refused.sum();
    if (missing * 100 > all) {
      throw new IllegalStateException(missing + " of " + all + " entries were not committed");
    }
    return recorder.getIntervalHistogram();
  }

  private void decided(boolean committed, boolean counts, long dueNanos) {
    if (!committed) {
      refused.increment();
    } else if (counts) {
      recorder.recordValue((System.nanoTime() - dueNanos) / 1000);
    }
    answered.increment();
  }
}
