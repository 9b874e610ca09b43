package dev.nucleusdb.bench.storage;

import dev.nucleusdb.bench.trial.DiskFloor;
import dev.nucleusdb.bench.trial.Told;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// What the machine allows: below this no store that checks what it reads can go.
final class StorageFloors {
  private static final int PIECE_BYTES = 1 << 20;
  private static final long SEQUENTIAL_BYTES = 256L << 20;
  private static final int READ_BATCH = 256;

  private final Path folder;

  StorageFloors(Path folder) {
    this.folder = folder;
  }

  void tell(Workload workload, long millis) throws Exception {
    int record = workload.valueSize() + StorageOptions.KEY_BYTES + 12;
    DiskFloor sync = DiskFloor.measure(folder, record, millis / 2);
    Told.figure(StorageFigure.FLOOR_SYNC_MILLIS, sync.p50Millis());
    tellSequential(workload.valueSize());
    Told.figure(StorageFigure.FLOOR_GET_NANOS, 1e9 / gets(workload, record, millis));
  }

  /// One file from its beginning to its end, in pieces of the size of a value, if that is large.
  private void tellSequential(int valueSize) throws IOException {
    int pieceBytes = Math.max(StorageOptions.LARGE_VALUE_BYTES, valueSize);
    long bytes = SEQUENTIAL_BYTES / pieceBytes * pieceBytes;
    Path file = Files.createTempFile(folder, "floor", ".data");
    ByteBuffer piece = ByteBuffer.allocateDirect(pieceBytes);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long start = System.nanoTime();
      for (long at = 0; at < bytes; at += pieceBytes) {
        piece.clear();
        while (piece.hasRemaining()) {
          channel.write(piece);
        }
      }
      tellMegabytes(StorageFigure.FLOOR_WRITE_MB, bytes, start);
      channel.force(false);
      tellMegabytes(StorageFigure.FLOOR_WRITE_SYNCED_MB, bytes, start);
      tellReads(channel, piece, bytes);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void tellReads(FileChannel channel, ByteBuffer piece, long bytes)
      throws IOException {
    long start = System.nanoTime();
    long at = 0;
    while (at < bytes) {
      at += channel.read(piece.clear(), at);
    }
    tellMegabytes(StorageFigure.FLOOR_READ_MB, bytes, start);
  }

  private static void tellMegabytes(String name, long bytes, long startNanos) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    Told.figure(name, bytes / seconds / 1e6);
  }

  /// An index probe by the key, a copy of the record from a mapped file at a random place, and its
  /// checksum, in one thread.
  ///
  /// @return how many in a second
  private double gets(Workload workload, int record, long millis) throws Exception {
    Path file = Files.createTempFile(folder, "floor", ".records");
    try (Arena arena = Arena.ofConfined();
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      fill(channel, record * workload.keys());
      MemorySegment mapped =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, record * workload.keys(), arena);
      Probe probe = new Probe(workload);
      byte[] copy = new byte[record];
      CRC32C checksum = new CRC32C();
      long[] sum = new long[1];
      double rate =
          Load.rate(
              millis,
              READ_BATCH,
              number -> {
                long at = probe.find(workload.present(number)) * record;
                MemorySegment.copy(mapped, ValueLayout.JAVA_BYTE, at, copy, 0, record);
                checksum.reset();
                checksum.update(copy, 0, record);
                sum[0] += checksum.getValue();
              });
      if (sum[0] == 0) {
        throw new IllegalStateException("nothing was summed up");
      }
      return rate;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void fill(FileChannel channel, long bytes) throws IOException {
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
    for (long left = bytes; left > 0; left -= piece.capacity()) {
      piece.clear().limit((int) Math.min(left, PIECE_BYTES));
      while (piece.hasRemaining()) {
        channel.write(piece);
      }
    }
  }

  /// A hash table of 16-byte slots, at most 60 % full: the first half of the key, and the place.
  private static final class Probe {
    private final long[] slots;
    private final int mask;

    Probe(Workload workload) {
      int capacity = Integer.highestOneBit((int) (workload.keys() / 0.6)) * 2;
      slots = new long[2 * capacity];
      mask = capacity - 1;
      for (long i = 0; i < workload.keys(); i++) {
        long half = half(workload.present(i));
        int slot = (int) half & mask;
        while (slots[2 * slot] != 0) {
          slot = (slot + 1) & mask;
        }
        slots[2 * slot] = half;
        slots[2 * slot + 1] = i;
      }
    }

    private static long half(byte[] key) {
      return ByteBuffer.wrap(key).getLong();
    }

    long find(byte[] key) {
      long half = half(key);
      int slot = (int) half & mask;
      while (slots[2 * slot] != half) {
        slot = (slot + 1) & mask;
      }
      return slots[2 * slot + 1];
    }
  }
}
