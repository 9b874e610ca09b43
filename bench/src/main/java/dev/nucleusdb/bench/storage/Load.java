package dev.nucleusdb.bench.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Runs an operation again and again.
final class Load {
  private static final int PRECISION_DIGITS = 3;

  /// One operation.
  @FunctionalInterface
  interface Operation {
    /// @param number differs from call to call
    void run(long number) throws Exception;
  }

  private Load() {}

  /// How many in a second one thread gets done, after half the time without counting.
  ///
  /// @param batch operations between two looks at the clock
  static double rate(long millis, int batch, Operation operation) throws Exception {
    spin(millis / 2, batch, 1, operation);
    return spin(millis, batch, 2, operation);
  }

  private static double spin(long millis, int batch, long seed, Operation operation)
      throws Exception {
    long start = System.nanoTime();
    long end = start + millis * 1_000_000;
    long count = 0;
    long now;
    do {
      for (int i = 0; i < batch; i++) {
        operation.run(Workload.mix((seed << 48) + count++));
      }
      now = System.nanoTime();
    } while (now < end);
    return count * 1e9 / (now - start);
  }

  /// As [#rate], by so many threads at once.
  static double rate(int threads, long millis, int batch, Operation operation) throws Exception {
    LongAdder count = new LongAdder();
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    AtomicBoolean stopping = new AtomicBoolean();
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      long seed = (t + 3L) << 48;
      running.add(
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                try {
                  for (long i = seed; !stopping.get(); i += batch) {
                    for (int j = 0; j < batch; j++) {
                      operation.run(Workload.mix(i + j));
                    }
                    count.add(batch);
                  }
                } catch (Exception e) {
                  failure.compareAndSet(null, e);
                }
              }));
    }
    Thread.sleep(millis / 2);
    long start = System.nanoTime();
    long before = count.sum();
    Thread.sleep(millis);
    double rate = (count.sum() - before) * 1e9 / (System.nanoTime() - start);
    stopping.set(true);
    for (Thread thread : running) {
      thread.join();
    }
    Exception told = failure.get();
    if (told != null) {
      throw told;
    }
    return rate;
  }

  /// Two operations in turns at a fixed pace; times count from the moment an operation was due, so
  /// that what waits behind a pause counts.
  ///
  /// @return the times of the one and of the other, nanoseconds
  static List<Histogram> paced(long millis, long pauseNanos, Operation even, Operation odd)
      throws Exception {
    Histogram[] nanos = {new Histogram(PRECISION_DIGITS), new Histogram(PRECISION_DIGITS)};
    long start = System.nanoTime();
    long count = millis * 1_000_000 / pauseNanos;
    for (long i = 0; i < count; i++) {
      long due = start + i * pauseNanos;
      while (System.nanoTime() < due) {
        Thread.onSpinWait();
      }
      int which = (int) (i & 1);
      (which == 0 ? even : odd).run(Workload.mix(start + i));
      nanos[which].recordValue(System.nanoTime() - due);
    }
    return List.of(nanos[0], nanos[1]);
  }
}
