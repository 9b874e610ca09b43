package dev.nucleusdb.bench.trial;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.HdrHistogram.Histogram;

/// What the disk allows: one writer that appends an entry and syncs (`fdatasync`), again and again.
///
/// @param p50Millis the median time of an append with its sync, milliseconds
/// @param perSecond how many there were in a second
public record DiskFloor(double p50Millis, double perSecond) {
  /// The figure, milliseconds.
  public static final String MILLIS = "floor-p50-ms";

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
}
