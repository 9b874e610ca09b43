package dev.nucleusdb.bench.trial;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.HdrHistogram.Histogram;

/// What the disk allows: one writer that appends an entry and syncs (`fdatasync`), again and again.
public final class DiskFloor {
  /// The figure, milliseconds.
  public static final String MILLIS = "floor-p50-ms";

  private DiskFloor() {}

  /// The median time of an append with its sync, in milliseconds.
  ///
  /// @throws IOException if the folder cannot be written to
  static double p50Millis(Path folder, int bytes, long millis) throws IOException {
    Path file = Files.createTempFile(folder, "floor", ".log");
    Histogram micros = new Histogram(3);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long end = System.nanoTime() + millis * 1_000_000;
      do {
        long start = System.nanoTime();
        channel.write(ByteBuffer.allocate(bytes));
        channel.force(false);
        micros.recordValue((System.nanoTime() - start) / 1000);
      } while (System.nanoTime() < end);
    } finally {
      Files.deleteIfExists(file);
    }
    return micros.getValueAtPercentile(50) / 1e3;
  }
}
