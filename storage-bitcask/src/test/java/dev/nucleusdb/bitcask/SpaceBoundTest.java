package dev.nucleusdb.bitcask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.core.trace.TraceKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The data files never pass a bound, however slowly merges go beside the writes.
class SpaceBoundTest {
  private static final int SEGMENT_BYTES = 4096;
  private static final int BOUND = 24 * SEGMENT_BYTES;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.02, 0.1, 0.3, 0.6, 1})
  void the_bound_holds_while_a_merge_is_under_way(double mergesPerWrite) {
    for (int seed = 1; seed <= 20; seed++) {
      run(seed, mergesPerWrite);
    }
  }

  private static void run(int seed, double mergesPerWrite) {
    MemoryDisk disk = new MemoryDisk();
    BitcaskOptions options =
        BitcaskOptions.DEFAULT
            .withSegmentSizeBytes(SEGMENT_BYTES)
            .withSpaceBytesMax(BOUND)
            .withMerge(0.3, 1024, 8);
    SplitMix random = new SplitMix(seed);
    int keys = 20 + random.nextInt(300);
    int refused = 0;
    try (Bitcask engine =
        Bitcask.open(
            disk, "store", options, BitcaskRules.DEFAULT, new SplitMix(seed), Trace.NONE)) {
      for (int i = 1; i <= 2_000; i++) {
        byte[] key = ("key" + random.nextInt(keys)).getBytes(UTF_8);
        boolean delete = refused > 0;
        try {
          WriteBatch batch = new WriteBatch();
          engine.write(
              delete ? batch.delete(key) : batch.put(key, new byte[random.nextInt(500)]),
              engine.appliedIndex() + 1);
          refused = Math.max(0, refused - 1);
        } catch (DiskException full) {
          assertThat(full.kind()).isEqualTo(DiskException.Kind.NO_SPACE);
          assertThat(delete).as("deletes go on").isFalse();
          refused = 20;
        }
        assertThat(dataBytes(disk)).as("seed %d, write %d", seed, i).isLessThanOrEqualTo(BOUND);
        if (random.chance(mergesPerWrite)) {
          engine.maintain();
          assertThat(dataBytes(disk)).as("seed %d, merge %d", seed, i).isLessThanOrEqualTo(BOUND);
        }
      }
    }
  }

  /// Slices that the merge has had when writers come and take all the room that is left.
  @ParameterizedTest
  @ValueSource(ints = {1, 8, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64, 70, 80})
  void what_a_merge_was_promised_is_kept_for_it(int slices) {
    MemoryDisk disk = new MemoryDisk();
    BitcaskOptions options =
        BitcaskOptions.DEFAULT
            .withSegmentSizeBytes(SEGMENT_BYTES)
            .withSpaceBytesMax(BOUND)
            .withMerge(0.3, 512, 8);
    Watch watch = new Watch(disk);
    try (Bitcask engine =
        Bitcask.open(disk, "store", options, BitcaskRules.DEFAULT, new SplitMix(1), watch)) {
      for (int file = 0; file < 9; file++) {
        put(engine, "stays" + file, 2200);
        put(engine, "goes", 1300);
        engine.seal();
      }
      for (int i = 0; i < slices; i++) {
        engine.maintain();
      }
      boolean full = false;
      for (int i = 0; !full; i++) {
        try {
          put(engine, "more" + i, 500);
        } catch (DiskException e) {
          full = true;
        }
        assertThat(watch.most).as("put %d", i).isLessThanOrEqualTo(BOUND);
      }
      assertThat(engine.get("stays8".getBytes(UTF_8))).hasSize(2200);
    }
  }

  /// Then each record that a merge carries over has a frame of its own, and a larger head than it
  /// had.
  @Test
  void what_a_merge_was_promised_is_enough_for_slices_of_one_record() {
    MemoryDisk disk = new MemoryDisk();
    BitcaskOptions options =
        BitcaskOptions.DEFAULT
            .withSegmentSizeBytes(SEGMENT_BYTES)
            .withSpaceBytesMax(BOUND)
            .withMerge(0.05, 1, 16);
    Watch watch = new Watch(disk);
    try (Bitcask engine =
        Bitcask.open(disk, "store", options, BitcaskRules.DEFAULT, new SplitMix(1), watch)) {
      for (int i = 0; i < 1_000; i++) {
        put(engine, "key%04d".formatted(i % 10 == 0 ? 0 : i), 1);
      }
      assertThat(engine.maintain()).as("a merge has begun").isTrue();
      boolean full = false;
      for (int i = 1_000; !full; i++) {
        try {
          put(engine, "key%04d".formatted(i), 1);
        } catch (DiskException e) {
          full = true;
        }
        assertThat(watch.most).as("put %d", i).isLessThanOrEqualTo(BOUND);
      }
    }
  }

  private static void put(Bitcask engine, String key, int valueBytes) {
    engine.write(
        new WriteBatch().put(key.getBytes(UTF_8), new byte[valueBytes]), engine.appliedIndex() + 1);
  }

  /// The most that the data files took at any point of a merge or a write.
  private static final class Watch implements Trace {
    private final MemoryDisk disk;
    private long most;

    Watch(MemoryDisk disk) {
      this.disk = disk;
    }

    @Override
    public void event(TraceKind kind, long a, long b, long c) {
      most = Math.max(most, dataBytes(disk));
    }

    @Override
    public void point(String name) {
      most = Math.max(most, dataBytes(disk));
    }
  }

  private static long dataBytes(MemoryDisk disk) {
    return disk.list("store").stream()
        .filter(name -> name.startsWith("data-"))
        .mapToLong(name -> disk.bytes("store/" + name).length)
        .sum();
  }
}
