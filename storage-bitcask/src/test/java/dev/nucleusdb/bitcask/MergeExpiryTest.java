package dev.nucleusdb.bitcask;

import static dev.nucleusdb.bitcask.Sealed.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.core.trace.Trace;
import org.junit.jupiter.api.Test;

/// What merges do with records that have expired.
class MergeExpiryTest {
  /// So large that its size does not stand in the index.
  private static final int LARGE_BYTES = 600_000;

  private final MemoryDisk disk = new MemoryDisk();
  private long now = 1_000;

  private Bitcask open() {
    BitcaskOptions options = BitcaskOptions.DEFAULT.withMerge(0.3, 1, 4);
    return Bitcask.open(
        disk, "store", options, BitcaskRules.DEFAULT, new SplitMix(1), () -> now, Trace.NONE);
  }

  @Test
  void a_large_record_that_is_damaged_after_it_was_dropped_does_not_undo_what_is_in_force() {
    Bitcask engine = open();
    engine.write(
        new WriteBatch()
            .put(bytes("gone"), new byte[LARGE_BYTES], 2_000)
            .put(bytes("stays"), bytes("1")),
        1);
    engine.seal();
    engine.write(new WriteBatch().put(bytes("other"), bytes("2")), 2);
    String input =
        disk.paths().stream().filter(path -> path.contains("data-")).findFirst().orElseThrow();
    now = 3_000;
    disk.fault =
        (operation, path) -> {
          if (operation.equals("rename")) {
            disk.overwrite(input, new byte[disk.bytes(input).length]);
          }
          return null;
        };
    for (int slices = 0; engine.maintain(); slices++) {
      assertThat(slices).isLessThan(1_000);
    }
    assertThat(disk.paths()).doesNotContain(input);
    assertThat(engine.get(bytes("gone"))).isNull();
    assertThat(engine.get(bytes("stays"))).isEqualTo(bytes("1"));
    assertThat(engine.statistics().keyCount()).isEqualTo(2);
    engine.close();
    assertThat(open().get(bytes("stays"))).isEqualTo(bytes("1"));
  }
}
