package dev.nucleusdb.bitcask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.bitcask.format.Checksum;
import dev.nucleusdb.bitcask.format.FileHeader;
import dev.nucleusdb.bitcask.format.Footer;
import dev.nucleusdb.bitcask.recovery.TailRule.Judgement;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.Disk.OpenMode;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.core.trace.Trace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Torn ends are cut and damage is told: never a wrong value, never a lost one without a word.
class DamageTest {
  private static final String FIRST = "store/data-0000000001.bitcask";
  private static final BitcaskOptions SMALL = BitcaskOptions.DEFAULT.withSegmentSizeBytes(400);

  private final MemoryDisk disk = new MemoryDisk();

  @Test
  void a_file_torn_at_any_byte_comes_back_with_the_batches_before() {
    Bitcask engine = open(disk, BitcaskOptions.DEFAULT, BitcaskRules.DEFAULT);
    List<Long> ends = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      write(engine, i);
      ends.add((long) disk.bytes(FIRST).length);
    }
    engine.close();
    byte[] whole = disk.bytes(FIRST);
    for (int cut = 48; cut <= whole.length; cut++) {
      MemoryDisk torn = disk.copy();
      torn.overwrite(FIRST, Arrays.copyOf(whole, cut));
      int at = cut;
      long expected = ends.stream().filter(end -> end <= at).count();
      for (int again = 0; again < 2; again++) {
        Bitcask recovered = open(torn, BitcaskOptions.DEFAULT, BitcaskRules.DEFAULT);
        assertThat(recovered.appliedIndex()).as("cut at %d", cut).isEqualTo(expected);
        assertThat(recovered.statistics().keyCount()).isEqualTo(expected);
        write(recovered, (int) expected + 1);
        recovered.close();
        expected++;
      }
    }
  }

  @Test
  void zeros_behind_the_last_frame_are_a_torn_end() {
    Bitcask engine = open(disk, BitcaskOptions.DEFAULT, BitcaskRules.DEFAULT);
    write(engine, 1);
    engine.close();
    byte[] bytes = disk.bytes(FIRST);
    disk.overwrite(FIRST, Arrays.copyOf(bytes, bytes.length + 100_000));
    assertThat(open(disk, BitcaskOptions.DEFAULT, BitcaskRules.DEFAULT).appliedIndex())
        .isEqualTo(1);
    assertThat(disk.bytes(FIRST)).isEqualTo(bytes);
  }

  @Test
  void damage_that_a_later_frame_saw_durable_is_never_cut() {
    Bitcask engine = open(disk, BitcaskOptions.DEFAULT, BitcaskRules.DEFAULT);
    write(engine, 1);
    int second = disk.bytes(FIRST).length;
    write(engine, 2);
    engine.sync(failure -> {});
    disk.completeSyncs();
    write(engine, 3);
    engine.close();
    disk.remove("store/index");
    byte[] bytes = disk.bytes(FIRST);
    bytes[second + 60] ^= 1;
    disk.overwrite(FIRST, bytes);
    assertThatThrownBy(() -> open(disk, BitcaskOptions.DEFAULT, BitcaskRules.DEFAULT))
        .isInstanceOfSatisfying(
            CorruptionException.class,
            damage -> {
              assertThat(damage.path()).isEqualTo(FIRST);
              assertThat(damage.offset()).isEqualTo(second);
            });
    assertThat(disk.openHandles()).isZero();
    BitcaskRules lenient =
        BitcaskRules.DEFAULT.withTail((badOffset, durableBytes) -> Judgement.CUT);
    assertThat(open(disk, BitcaskOptions.DEFAULT, lenient).appliedIndex())
        .as("what the tail rule is there to prevent")
        .isEqualTo(1);
  }

  /// Torn and rotten are told apart at every byte of a frame: damage below what a later one saw
  /// durable names the frame that it struck, the same damage without a witness is cut.
  @Test
  void damage_to_any_byte_of_a_frame_is_told_where_it_is_or_cut_there() {
    Bitcask engine = open(disk, BitcaskOptions.DEFAULT, BitcaskRules.DEFAULT);
    write(engine, 1);
    int second = disk.bytes(FIRST).length;
    write(engine, 2);
    int third = disk.bytes(FIRST).length;
    engine.sync(failure -> {});
    disk.completeSyncs();
    MemoryDisk unseen = disk.copy();
    write(engine, 3);
    engine.sync(failure -> {});
    disk.completeSyncs();
    for (int offset = second; offset < third; offset++) {
      for (int flipped : new int[] {0x01, 0x80, 0xff}) {
        MemoryDisk seen = disk.copy();
        flip(seen, offset, flipped);
        flip(seen, third + 40, 1); // the value of the witness: its head still tells
        assertThatThrownBy(() -> open(seen, BitcaskOptions.DEFAULT, BitcaskRules.DEFAULT))
            .as("byte %d", offset - second)
            .isInstanceOfSatisfying(
                CorruptionException.class, damage -> assertThat(damage.offset()).isEqualTo(second));
        MemoryDisk torn = unseen.copy();
        flip(torn, offset, flipped);
        Bitcask cut = open(torn, BitcaskOptions.DEFAULT, BitcaskRules.DEFAULT);
        assertThat(cut.appliedIndex()).as("byte %d", offset - second).isEqualTo(1);
        assertThat(torn.bytes(FIRST)).hasSize(second);
      }
    }
  }

  private static void flip(MemoryDisk disk, int offset, int bits) {
    byte[] bytes = disk.bytes(FIRST);
    bytes[offset] ^= (byte) bits;
    disk.overwrite(FIRST, bytes);
  }

  /// A crash can leave a seal in a file that no manifest calls sealed.
  @Test
  void damage_that_a_seal_saw_durable_is_never_cut() {
    Bitcask engine = open(disk, BitcaskOptions.DEFAULT, BitcaskRules.DEFAULT);
    write(engine, 1);
    int second = disk.bytes(FIRST).length;
    write(engine, 2);
    engine.sync(failure -> {});
    disk.completeSyncs();
    byte[] manifest = disk.bytes("store/manifest");
    engine.seal();
    disk.overwrite("store/manifest", manifest);
    disk.overwrite("store/manifest.twin", manifest);
    byte[] bytes = disk.bytes(FIRST);
    assertThat(open(disk.copy(), BitcaskOptions.DEFAULT, BitcaskRules.DEFAULT).appliedIndex())
        .isEqualTo(2);

    bytes[second + 60] ^= 1;
    disk.overwrite(FIRST, bytes);
    assertThatThrownBy(() -> open(disk, BitcaskOptions.DEFAULT, BitcaskRules.DEFAULT))
        .isInstanceOf(CorruptionException.class)
        .hasMessageContaining(FIRST);
  }

  @Test
  void a_flipped_bit_anywhere_at_rest_is_told_or_harmless() {
    Bitcask engine = open(disk, SMALL, BitcaskRules.DEFAULT);
    for (int i = 1; i <= 14; i++) {
      write(engine, i);
    }
    engine.close();
    assertThat(disk.paths()).hasSizeGreaterThan(3);
    byte[] index = disk.bytes("store/index");
    disk.open("store/index", OpenMode.APPEND).syncNow();
    disk.syncDirectory("store");
    for (int offset = 0; offset < index.length; offset += 7) {
      byte[] bytes = index.clone();
      bytes[offset] ^= (byte) (1 << offset % 8);
      MemoryDisk damaged = disk.copy();
      damaged.overwrite("store/index", bytes);
      assertThat(openDamaged(damaged, "store/index")).isFalse();
    }
    disk.remove("store/index");
    String active =
        disk.paths().stream().filter(path -> path.contains("data-")).reduce((a, b) -> b).get();
    for (String path : disk.paths()) {
      byte[] whole = disk.bytes(path);
      for (int offset = 0; offset < whole.length; offset++) {
        byte[] bytes = whole.clone();
        bytes[offset] ^= (byte) (1 << offset % 8);
        MemoryDisk damaged = disk.copy();
        damaged.overwrite(path, bytes);
        boolean told = openDamaged(damaged, path);
        boolean record = path.contains("data-") && offset < whole.length - Footer.FRAME_BYTES;
        assertThat(told || !record || path.equals(active))
            .as("damage to %s at %d went unnoticed", path, offset)
            .isTrue();
      }
    }
  }

  /// Whether damage was told; all that was not is right.
  private static boolean openDamaged(MemoryDisk damaged, String path) {
    boolean told = false;
    try {
      Bitcask engine = open(damaged, SMALL, BitcaskRules.DEFAULT);
      for (int i = 1; i <= engine.appliedIndex(); i++) {
        try {
          assertThat(engine.get(key(i))).isEqualTo(value(i));
        } catch (CorruptionException here) {
          assertThat(here.path()).isEqualTo(path);
          told = true;
        }
      }
    } catch (CorruptionException here) {
      assertThat(here.path()).isEqualTo(path);
      told = true;
    }
    return told;
  }

  @Test
  void a_bit_flipped_while_the_store_is_open_is_never_read_as_a_value() {
    Bitcask engine = open(disk, SMALL, BitcaskRules.DEFAULT);
    for (int i = 1; i <= 3; i++) {
      write(engine, i);
    }
    byte[] whole = disk.bytes(FIRST);
    int told = 0;
    for (int offset = 0; offset < whole.length; offset++) {
      byte[] bytes = whole.clone();
      bytes[offset] ^= 0x10;
      disk.overwrite(FIRST, bytes);
      told += wrongReads(engine);
    }
    assertThat(told).isEqualTo(3 * (20 + 4 + 24));
    disk.overwrite(FIRST, whole);
    assertThat(wrongReads(engine)).isZero();
  }

  /// How many keys are refused; the others are right.
  private static int wrongReads(Bitcask engine) {
    int refused = 0;
    for (int i = 1; i <= 3; i++) {
      try {
        assertThat(engine.get(key(i))).isEqualTo(value(i));
      } catch (CorruptionException told) {
        assertThat(told.path()).isEqualTo(FIRST);
        refused++;
      }
    }
    return refused;
  }

  @Test
  void without_the_frame_check_a_wrong_value_would_be_read() {
    Bitcask blind =
        open(disk, SMALL, BitcaskRules.DEFAULT.withFrameCheck((stored, computed) -> true));
    write(blind, 1);
    byte[] bytes = disk.bytes(FIRST);
    bytes[bytes.length - 1] ^= 1;
    disk.overwrite(FIRST, bytes);
    assertThat(blind.get(key(1))).isNotEqualTo(value(1));
  }

  @Test
  void a_file_under_another_files_name_is_refused() {
    Bitcask engine = open(disk, SMALL, BitcaskRules.DEFAULT);
    for (int i = 1; i <= 14; i++) {
      write(engine, i);
    }
    engine.close();
    byte[] second = disk.bytes("store/data-0000000002.bitcask");
    disk.overwrite(FIRST, second);
    assertThatThrownBy(() -> open(disk, SMALL, BitcaskRules.DEFAULT))
        .isInstanceOf(CorruptionException.class)
        .hasMessageContaining("file 2");
  }

  @Test
  void a_store_of_another_version_is_refused_with_a_word_on_what_to_do() {
    open(disk, SMALL, BitcaskRules.DEFAULT).close();
    for (List<String> old :
        List.of(List.of(FIRST), List.of("store/manifest", "store/manifest.twin"))) {
      MemoryDisk older = disk.copy();
      old.forEach(path -> olderVersion(older, path));
      byte[] before = older.bytes(old.getFirst());
      assertThatThrownBy(() -> open(older, SMALL, BitcaskRules.DEFAULT))
          .isInstanceOf(CorruptionException.class)
          .hasMessage(
              old.getFirst()
                  + " at offset 8: format version 2 is not known, only 4 and 5;"
                  + " open the store with the release that wrote it");
      assertThat(older.bytes(old.getFirst())).as("nothing was touched").isEqualTo(before);
    }
  }

  private static void olderVersion(MemoryDisk disk, String path) {
    byte[] bytes = disk.bytes(path);
    bytes[8] = 2;
    int head = path.equals(FIRST) ? FileHeader.BYTES : bytes.length;
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(head - 4, Checksum.of(bytes, 0, head - 4));
    disk.overwrite(path, bytes);
  }

  @Test
  void a_log_index_that_no_head_can_hold_is_refused() {
    Bitcask engine = open(disk, SMALL, BitcaskRules.DEFAULT);
    write(engine, 1);
    long most = (1L << 56) - 1;
    byte[] before = disk.bytes(FIRST);
    assertThatThrownBy(() -> engine.write(new WriteBatch().delete(key(1)), most + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(disk.bytes(FIRST)).isEqualTo(before);
    engine.write(new WriteBatch().delete(key(1)), most);
    assertThat(open(disk, SMALL, BitcaskRules.DEFAULT).appliedIndex()).isEqualTo(most);
  }

  @Test
  void a_missing_file_or_manifest_is_told() {
    Bitcask engine = open(disk, SMALL, BitcaskRules.DEFAULT);
    for (int i = 1; i <= 14; i++) {
      write(engine, i);
    }
    engine.close();
    MemoryDisk noFile = disk.copy();
    noFile.remove(FIRST);
    assertThatThrownBy(() -> open(noFile, SMALL, BitcaskRules.DEFAULT))
        .isInstanceOf(CorruptionException.class)
        .hasMessageContaining("missing");
    MemoryDisk noManifest = disk.copy();
    noManifest.remove("store/manifest");
    assertThat(open(noManifest.copy(), SMALL, BitcaskRules.DEFAULT).appliedIndex()).isEqualTo(14);
    noManifest.remove("store/manifest.twin");
    assertThatThrownBy(() -> open(noManifest, SMALL, BitcaskRules.DEFAULT))
        .isInstanceOf(CorruptionException.class)
        .hasMessageContaining("manifest");
    assertThat(noManifest.paths()).contains(FIRST);
  }

  @Test
  void a_damaged_file_is_not_merged_away_and_the_rest_is_served() {
    Bitcask engine = open(disk, SMALL.withMerge(0.3, 100, 4), BitcaskRules.DEFAULT);
    for (int i = 1; i <= 14; i++) {
      write(engine, i);
    }
    engine.write(new WriteBatch().delete(key(1)).delete(key(2)), 15);
    byte[] bytes = disk.bytes(FIRST);
    bytes[bytes.length - Footer.FRAME_BYTES - 1] ^= 1;
    disk.overwrite(FIRST, bytes);
    assertThatThrownBy(
            () -> {
              while (engine.maintain()) {
                Objects.requireNonNull(engine);
              }
            })
        .isInstanceOf(CorruptionException.class)
        .hasMessageContaining(FIRST);
    while (engine.maintain()) {
      assertThat(disk.paths()).contains(FIRST);
    }
    assertThat(disk.paths()).contains(FIRST);
    assertThat(engine.get(key(14))).isEqualTo(value(14));
  }

  @Test
  void a_sealed_file_that_was_cut_behind_an_open_store_is_not_sealed_anew_as_it_is() {
    Bitcask engine = open(disk, SMALL, BitcaskRules.DEFAULT);
    for (int i = 1; i <= 14; i++) {
      write(engine, i);
    }
    int oneFrameLess = disk.bytes(FIRST).length - Footer.FRAME_BYTES;
    disk.overwrite(FIRST, Arrays.copyOf(disk.bytes(FIRST), oneFrameLess));
    for (int i = 15; i <= 28; i++) {
      write(engine, i);
    }
    engine.close();
    assertThatThrownBy(() -> open(disk, SMALL, BitcaskRules.DEFAULT))
        .isInstanceOf(CorruptionException.class)
        .hasMessageContaining("bytes, not");
  }

  static Bitcask open(MemoryDisk disk, BitcaskOptions options, BitcaskRules rules) {
    return Bitcask.open(disk, "store", options, rules, new SplitMix(1), Trace.NONE);
  }

  static void write(Bitcask engine, int i) {
    engine.write(new WriteBatch().put(key(i), value(i)), i);
  }

  static byte[] key(int i) {
    return "k%03d".formatted(i).getBytes(UTF_8);
  }

  static byte[] value(int i) {
    return "the value with number %02d".formatted(i).getBytes(UTF_8);
  }
}
