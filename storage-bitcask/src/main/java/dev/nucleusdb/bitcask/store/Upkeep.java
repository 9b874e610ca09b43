package dev.nucleusdb.bitcask.store;

import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import java.util.concurrent.locks.LockSupport;

/// What a store does by itself, on a thread of its own: merge and write hints, slice by slice under
/// a budget, and sync at intervals. Writers come between any two slices.
final class Upkeep {
  /// After this it looks again whether there is anything to do. No writer wakes it: with 64 of them
  /// that were thousands of wake-ups a second, each of which takes a turn from the writers.
  private static final long IDLE_NANOS = 50_000_000;

  /// Between two slices at least, so that it leaves the processor to others.
  private static final long PAUSE_NANOS_MIN = 250_000;

  /// Under `NONE` and `INTERVAL`, more than this is made durable in passing, so that no writer has
  /// to wait for a whole file when it is sealed.
  private static final long UNSYNCED_BYTES_MAX = 4 << 20;

  private final BitcaskStore store;
  private final StoreOptions options;
  private final Thread thread;
  private volatile boolean stopping;
  private long nextSyncNanos = System.nanoTime();

  Upkeep(BitcaskStore store, StoreOptions options) {
    this.store = store;
    this.options = options;
    this.thread = Thread.ofPlatform().name("bitcask upkeep").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// What nobody foresaw is a bug: a store whose upkeep is dead must not go on as if it were not.
  private void run() {
    try {
      takeTurns();
    } catch (RuntimeException | Error failure) {
      store.upkeepFailed(failure);
    }
  }

  private void takeTurns() {
    while (!stopping) {
      long before = store.engine().mergeReadBytes();
      long pause = slice() ? pauseAfter(store.engine().mergeReadBytes() - before) : IDLE_NANOS;
      syncInPassing();
      if (options.durability() == Durability.INTERVAL) {
        pause = Math.min(pause, untilSync());
      }
      LockSupport.parkNanos(this, pause);
    }
  }

  private long pauseAfter(long readBytes) {
    return Math.max(PAUSE_NANOS_MIN, readBytes * 1_000_000_000L / options.mergeBytesPerSecond());
  }

  private void syncInPassing() {
    boolean due =
        store.locked(() -> !stopping && store.engine().unsyncedBytes() > UNSYNCED_BYTES_MAX);
    if (due) {
      sync();
    }
  }

  private void sync() {
    try {
      store.sync();
    } catch (DiskException told) {
      // Whoever writes next is told: the engine takes nothing more.
      stopping = true;
    }
  }

  private long untilSync() {
    long now = System.nanoTime();
    if (now - nextSyncNanos >= 0) {
      nextSyncNanos = now + options.syncInterval().toNanos();
      sync();
    }
    return Math.max(1, nextSyncNanos - System.nanoTime());
  }

  /// @return whether there is more to do
  private boolean slice() {
    try {
      return !stopping && store.maintain();
    } catch (CorruptionException kept) {
      // The file is kept as it is and never merged; whoever reads the record is told.
      return true;
    } catch (DiskException told) {
      // The engine takes nothing more and says why to whoever writes.
      return false;
    }
  }

  void stop() {
    stopping = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
