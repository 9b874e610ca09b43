package dev.nucleusdb.bench.trial;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// What the disk allows: one writer that appends an entry and syncs (`fdatasync`), again and again.
///
/// @param p50Millis the median time of an append with its sync, milliseconds
/// @param perSecond how many there were in a second
public record DiskFloor(double p50Millis, double perSecond) {
  /// The figure, milliseconds.
  public static final String MILLIS = "floor-p50-ms";

  /// The figure of syncs that overlap, milliseconds.
  public static final String OVERLAPPED_MILLIS = "floor-overlapped-p50-ms";

  private static final int ROOM_BYTES = 4 << 20;

  /// Measures with a file of its own, deleted afterwards.
  ///
  /// @throws IOException if the folder cannot be written to
  public static DiskFloor measure(Path folder, int bytes, long millis) throws IOException {
    Path file = Files.createTempFile(folder, "floor", ".log");
    Histogram micros = new Histogram(3);
    long begin = System.nanoTime();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long end = begin + millis * 1_000_000;
      do {
        long start = System.nanoTime();
        channel.write(ByteBuffer.allocate(bytes));
        channel.force(false);
        micros.recordValue((System.nanoTime() - start) / 1000);
      } while (System.nanoTime() < end);
      return new DiskFloor(
          micros.getValueAtPercentile(50) / 1e3,
          micros.getTotalCount() * 1e9 / (System.nanoTime() - begin));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /// Measures several writers at once, each with a file of its own in which there is room already,
  /// as the nodes of a cluster on one disk have: what one sync takes that others overlap.
  ///
  /// @return the median time of a write with its sync, milliseconds
  /// @throws IOException if the folder cannot be written to
  public static double overlappedMillis(Path folder, int writers, int bytes, long millis)
      throws IOException, InterruptedException {
    ConcurrentHistogram micros = new ConcurrentHistogram(3);
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        ends.add(
            threads.submit(() -> {
              overwrite(folder, bytes, millis, micros);
              return null;
            }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("cannot measure the disk under " + folder, e.getCause());
    }
    return micros.getValueAtPercentile(50) / 1e3;
  }

  private static void overwrite(Path folder, int bytes, long millis, Histogram micros)
      throws IOException {
    Path file = Files.createTempFile(folder, "floor", ".log");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(ROOM_BYTES));
      channel.force(true);
      long end = System.nanoTime() + millis * 1_000_000;
      for (long at = 0; System.nanoTime() < end; at = (at + bytes) % (ROOM_BYTES - bytes)) {
        long start = System.nanoTime();
        channel.write(ByteBuffer.allocate(bytes), at);
        channel.force(false);
        micros.recordValue((System.nanoTime() - start) / 1000);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
