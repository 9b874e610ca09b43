package dev.nucleusdb.core.system;

import dev.nucleusdb.core.disk.DiskException;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes bytes durable: the one thread that waits for the device, and the memory of a sync that
/// failed.
///
/// After a failed sync Linux forgets the error and marks the lost pages clean, so a second sync
/// would succeed and lie ("fsyncgate", 2018). Also through another handle of the same file, so the
/// failure is remembered for the whole disk: from then on every sync of it fails.
///
/// The queue holds each open file at most once, which bounds it.
final class Syncer {

  /// What asks the operating system; replaced in tests.
  @FunctionalInterface
  interface Forcing {
    /// `fdatasync` on Linux, which makes the file's length durable with its bytes.
    Forcing SYSTEM = (path, channel) -> channel.force(false);

    void force(String path, FileChannel channel) throws IOException;

    /// On a thread that somebody may interrupt: a channel would be closed by that, and what the
    /// device said would be lost. `fsync`, which costs as much where the file has grown.
    default void forceHere(FileDescriptor file) throws IOException {
      file.sync();
    }

    /// As above, for a part of a file whose length and blocks are durable: `msync`, which Linux
    /// does as it does `fdatasync`.
    default void forceHere(MemorySegment range) throws IOException {
      try {
        range.force();
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }

  private final Forcing forcing;
  private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
  private final AtomicReference<@Nullable DiskException> firstFailure = new AtomicReference<>();
  private final Consumer<Throwable> onFailure;
  private final Thread thread;

  /// Of the sync thread alone.
  private boolean ending;

  /// @param onFailure what to do when the thread itself fails
  Syncer(String name, Forcing forcing, Consumer<Throwable> onFailure) {
    this.forcing = forcing;
    this.onFailure = onFailure;
    this.thread = new UninterruptedThread(name, this::run);
    thread.start();
  }

  void execute(Runnable sync) {
    queue.add(sync);
  }

  /// Makes all bytes of a file durable; blocks.
  ///
  /// @return null if it worked
  @Nullable DiskException force(String path, FileChannel channel) {
    return force(path, () -> forcing.force(path, channel));
  }

  /// As above, on a thread that may be interrupted.
  @Nullable DiskException forceHere(String path, FileDescriptor file) {
    return force(path, () -> forcing.forceHere(file));
  }

  /// As above, for a part of a file whose length and blocks are durable.
  @Nullable DiskException forceHere(String path, MemorySegment range) {
    return force(path, () -> forcing.forceHere(range));
  }

  private interface Attempt {
    void run() throws IOException;
  }

  private @Nullable DiskException force(String path, Attempt attempt) {
    DiskException failed = firstFailure.get();
    if (failed != null) {
      return failedBefore(path, failed);
    }
    try {
      attempt.run();
    } catch (IOException e) {
      return remember(DiskFailures.of(path, "make what was written durable", e));
    }
    // A failure on the other thread meanwhile may have been the news of our bytes.
    DiskException meanwhile = firstFailure.get();
    return meanwhile == null ? null : failedBefore(path, meanwhile);
  }

  /// Notes that something could not be made durable.
  DiskException remember(DiskException failure) {
    firstFailure.compareAndSet(null, failure);
    return failure;
  }

  /// Throws if something could not be made durable.
  void requireNoFailure(String path) {
    DiskException failed = firstFailure.get();
    if (failed != null) {
      throw failedBefore(path, failed);
    }
  }

  /// Does something on the sync thread, which nobody interrupts, and waits for it.
  <T> T call(Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    queue.add(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException failure) {
            throw failure;
          }
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Waits until nothing is under way; a sync that follows on another one counts.
  void settle() {
    FutureTask<Boolean> idle = new FutureTask<>(queue::isEmpty);
    queue.add(idle);
    try {
      if (!idle.get()) {
        settle();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Ends the thread when the syncs under way have ended.
  void close() {
    queue.add(() -> ending = true);
    UninterruptedThread.joinUninterruptibly(thread);
  }

  private void run() {
    try {
      while (!ending) {
        queue.take().run();
      }
    } catch (Throwable failure) {
      // Syncs would be waited for in vain.
      onFailure.accept(failure);
    }
  }

  private static DiskException failedBefore(String path, DiskException failed) {
    return new DiskException(
        failed.kind(), path, "not durable, because a sync has failed: " + failed.getMessage());
  }
}
