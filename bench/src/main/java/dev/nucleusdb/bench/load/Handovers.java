package dev.nucleusdb.bench.load;

import java.util.ArrayList;
import java.util.List;

/// Leadership goes round, while a small closed loop writes to whoever leads: how long do writes
/// pause for it? What is told is the longest time between two commits around each handover.
public final class Handovers {
  private static final int WRITERS = 8;
  private static final long SETTLE_MILLIS = 300;
  private static final long TIMEOUT_NANOS = 15_000_000_000L;

  private final Group group;
  private final GapWatch gaps;

  /// @param entries what is written
  public Handovers(Group group, Entries entries) {
    this.group = group;
    this.gaps = new GapWatch(entries);
  }

  /// Hands over so many times.
  ///
  /// @return the pauses, in milliseconds
  /// @throws IllegalStateException if a handover has not happened in time
  public List<Double> run(int count) throws InterruptedException {
    ClosedLoop writers = new ClosedLoop(group, gaps, WRITERS);
    List<Double> pauses = new ArrayList<>();
    writers.start();
    for (int i = 0; i < count; i++) {
      Thread.sleep(SETTLE_MILLIS);
      group.awaitLeader(TIMEOUT_NANOS);
      int from = group.leaderIndex();
      int to = (from + 1) % group.size();
      gaps.longestNanos();
      group.node(from).handOver(to);
      awaitOther(from);
      Thread.sleep(SETTLE_MILLIS);
      pauses.add(gaps.longestNanos() / 1e6);
    }
    writers.stop();
    return pauses;
  }

  private void awaitOther(int from) throws InterruptedException {
    long deadline = System.nanoTime() + TIMEOUT_NANOS;
    while (!group.findLeader() || group.leaderIndex() == from) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("leadership was not handed over");
      }
      Thread.sleep(1);
    }
  }

  private static final class GapWatch implements Entries {
    private final Entries entries;
    private long lastNanos = System.nanoTime();
    private long longestNanos;

    GapWatch(Entries entries) {
      this.entries = entries;
    }

    @Override
    public byte[] next() {
      return entries.next();
    }

    @Override
    public synchronized void committed(byte[] entry) {
      long now = System.nanoTime();
      longestNanos = Math.max(longestNanos, now - lastNanos);
      lastNanos = now;
    }

    /// The longest time between two commits since the last call, up to now.
    synchronized long longestNanos() {
      long longest = Math.max(longestNanos, System.nanoTime() - lastNanos);
      longestNanos = 0;
      return longest;
    }
  }
}
