package dev.nucleusdb.bench.load;

import dev.nucleusdb.bench.system.Verdict;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// So many entries under way: each commit proposes the next, on the thread that brings the verdict.
public final class ClosedLoop {
  private static final int DRAIN_SECONDS = 20;
  private static final int PRECISION_DIGITS = 3;

  private final Group group;
  private final Entries entries;
  private final int outstanding;
  private final Recorder recorder = new Recorder(PRECISION_DIGITS);
  private final LongAdder commits = new LongAdder();
  private final LongAdder refusals = new LongAdder();
  private final Semaphore ended = new Semaphore(0);
  private volatile boolean stopping;

  /// @param outstanding how many entries are under way at once
  public ClosedLoop(Group group, Entries entries, int outstanding) {
    this.group = group;
    this.entries = entries;
    this.outstanding = outstanding;
  }

  /// Loads the group, first without counting.
  ///
  /// @throws IllegalStateException if nothing was committed, or entries were never answered
  public Loaded run(long warmUpMillis, long countedMillis) throws InterruptedException {
    start();
    Thread.sleep(warmUpMillis);
    recorder.reset();
    long commitsBefore = commits.sum();
    long refusalsBefore = refusals.sum();
    ProcessCost before = ProcessCost.now();
    Thread.sleep(countedMillis);
    ProcessCost cost = ProcessCost.now().since(before);
    long counted = commits.sum() - commitsBefore;
    long refused = refusals.sum() - refusalsBefore;
    Histogram micros = recorder.getIntervalHistogram();
    stop();
    if (counted == 0) {
      throw new IllegalStateException("nothing was committed with " + outstanding + " outstanding");
    }
    return new Loaded(cost, counted, refused, micros);
  }

  void start() {
    for (int i = 0; i < outstanding; i++) {
      new Slot().propose();
    }
  }

  /// Proposes no more, and waits for what is under way.
  void stop() throws InterruptedException {
    stopping = true;
    if (!ended.tryAcquire(outstanding, DRAIN_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("entries had no answer after " + DRAIN_SECONDS + " s");
    }
  }

  private final class Slot implements Verdict {
    private byte[] entry = new byte[0];
    private long startNanos;

    void propose() {
      if (stopping) {
        ended.release();
        return;
      }
      entry = entries.next();
      startNanos = System.nanoTime();
      group.propose(entry, this);
    }

    @Override
    public void decided(boolean committed) {
      if (!committed) {
        refusals.increment();
        group.retrySoon(this::propose);
        return;
      }
      recorder.recordValue((System.nanoTime() - startNanos) / 1000);
      commits.increment();
      entries.committed(entry);
      propose();
    }
  }
}
