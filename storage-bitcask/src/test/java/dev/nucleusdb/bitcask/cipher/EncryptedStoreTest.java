package dev.nucleusdb.bitcask.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.bitcask.Bitcask;
import dev.nucleusdb.bitcask.BitcaskOptions;
import dev.nucleusdb.bitcask.BitcaskRules;
import dev.nucleusdb.bitcask.inspect.FilePrinter;
import dev.nucleusdb.bitcask.inspect.Salvage;
import dev.nucleusdb.bitcask.inspect.Verification;
import dev.nucleusdb.bitcask.store.BitcaskStore;
import dev.nucleusdb.bitcask.store.Durability;
import dev.nucleusdb.bitcask.store.StoreOptions;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.system.FileDisk;
import dev.nucleusdb.core.system.FileDiskOptions;
import dev.nucleusdb.core.trace.Trace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedStoreTest {
  private static final String SECRET_KEY = "customer-of-note";
  private static final String SECRET_VALUE = "owes-us-very-much";
  private static final StoreKey KEY = key(32, 7);

  @TempDir Path folder = Path.of("");

  private static StoreKey key(int length, int fill) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) fill);
    return StoreKey.of(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static StoreOptions options(@Nullable StoreKey key) {
    return StoreOptions.DEFAULT
        .withDurability(Durability.NONE)
        .withEngine(BitcaskOptions.DEFAULT.withSegmentSizeBytes(2000).withKey(key));
  }

  private void fill(Path at) {
    try (BitcaskStore store = BitcaskStore.open(at, options(KEY))) {
      for (int i = 0; i < 100; i++) {
        store.put(bytes(SECRET_KEY + i), bytes(SECRET_VALUE + i));
      }
      store.delete(bytes(SECRET_KEY + 99));
      store.merge();
    }
  }

  @Test
  void what_was_written_is_read_after_opening_with_the_same_key() {
    fill(folder);
    try (BitcaskStore store = BitcaskStore.open(folder, options(key(32, 7)))) {
      assertThat(store.get(bytes(SECRET_KEY + 5))).isEqualTo(bytes(SECRET_VALUE + 5));
      assertThat(store.get(bytes(SECRET_KEY + 99))).isNull();
      assertThat(store.statistics().keyCount()).isEqualTo(99);
    }
  }

  @Test
  void neither_keys_nor_values_nor_the_secret_can_be_read_in_any_file() throws IOException {
    fill(folder);
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).hasSizeGreaterThan(5);
      assertThat(all).anyMatch(file -> String.valueOf(file.getFileName()).startsWith("hint-"));
      for (Path file : all) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(text).as(file.toString()).doesNotContain("customer", "owes-us", "\7\7\7\7\7\7");
        assertThat(String.valueOf(file.getFileName())).isNotEqualTo("index");
      }
    }
  }

  @Test
  void another_key_no_key_and_a_key_too_many_are_told_in_one_line_and_change_nothing() {
    fill(folder);
    assertThatThrownBy(() -> BitcaskStore.open(folder, options(key(32, 8))))
        .isInstanceOf(WrongKeyException.class)
        .hasMessage("store: this is not the key of the store");
    assertThatThrownBy(() -> BitcaskStore.open(folder, options(null)))
        .isInstanceOf(WrongKeyException.class)
        .hasMessageContaining("open it with its key");
    assertThatThrownBy(() -> BitcaskStore.openReadOnly(folder, options(key(16, 7))))
        .isInstanceOf(WrongKeyException.class);
    Path plain = folder.resolve("plain");
    BitcaskStore.open(plain, options(null)).close();
    assertThatThrownBy(() -> BitcaskStore.open(plain, options(KEY)))
        .isInstanceOf(WrongKeyException.class)
        .hasMessageContaining("not encrypted");
    try (BitcaskStore store = BitcaskStore.openReadOnly(folder, options(KEY))) {
      assertThat(store.get(bytes(SECRET_KEY + 1))).isNotNull();
    }
  }

  @Test
  void a_key_has_16_or_32_bytes_and_is_never_printed() {
    assertThatThrownBy(() -> StoreKey.of(new byte[24])).hasMessageContaining("16 or 32 bytes");
    assertThat(options(KEY).toString()).contains("a key of 256 bits");
  }

  @Test
  void who_alters_a_record_and_mends_its_checksums_is_found_out() throws IOException {
    try (BitcaskStore store = BitcaskStore.open(folder, options(KEY))) {
      store.put(bytes("a"), bytes("first"));
    }
    Path file = folder.resolve("store").resolve("data-0000000001.bitcask");
    byte[] content = Files.readAllBytes(file);
    int entry = 48 + 16;
    content[entry + 20 + 12] ^= 1; // the first byte of the key
    mend(content, 48, entry);
    Files.write(file, content);
    assertThatThrownBy(() -> BitcaskStore.open(folder, options(KEY)))
        .isInstanceOf(CorruptionException.class)
        .hasMessageContaining("or was altered");
    try (FileDisk disk = FileDisk.look(folder)) {
      assertThat(Verification.of(disk, "store").hasDamage()).as("without the key").isFalse();
      assertThat(Verification.of(disk, "store", KEY).hasDamage()).as("with it").isTrue();
    }
  }

  /// Makes all checksums of the only frame and its only entry right again.
  private static void mend(byte[] content, int frame, int entry) {
    ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int end = content.length;
    buffer.putInt(entry, checksum(content, entry, entry + 4, end));
    buffer.putInt(frame, checksum(content, frame, frame + 4, frame + 36));
  }

  private static int checksum(byte[] content, int offset, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(
        ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(1).putLong(offset).flip());
    crc.update(content, from, to - from);
    return (int) crc.getValue();
  }

  @Test
  void a_backup_opens_with_the_key_of_the_store() {
    fill(folder);
    Path copy = folder.resolve("copy");
    try (BitcaskStore store = BitcaskStore.open(folder, options(KEY))) {
      store.backup(copy);
      store.put(bytes("later"), bytes("here"));
    }
    try (BitcaskStore store = BitcaskStore.open(copy, options(KEY))) {
      store.put(bytes("later"), bytes("there"));
      assertThat(store.get(bytes(SECRET_KEY + 7))).isEqualTo(bytes(SECRET_VALUE + 7));
    }
    assertThatThrownBy(() -> BitcaskStore.open(copy, options(key(32, 1))))
        .isInstanceOf(WrongKeyException.class);
  }

  @Test
  void a_damaged_store_is_repaired_with_its_key_and_not_without() throws IOException {
    fill(folder);
    Path store = folder.resolve("store");
    Files.delete(store.resolve("manifest"));
    Files.delete(store.resolve("manifest.twin"));
    try (FileDisk disk = FileDisk.open(folder, FileDiskOptions.DEFAULT)) {
      RandomSource random = new SplitMix(1);
      for (StoreKey wrong : new @Nullable StoreKey[] {null, key(32, 8)}) {
        assertThatThrownBy(() -> Salvage.of(disk, "store", "bad", random, wrong))
            .isInstanceOf(WrongKeyException.class);
      }
      assertThat(Salvage.of(disk, "store", "new", random, KEY).keyCount()).isEqualTo(99);
      try (Bitcask mended =
          Bitcask.open(
              disk,
              "new",
              BitcaskOptions.DEFAULT.withKey(KEY),
              BitcaskRules.DEFAULT,
              random,
              Trace.NONE)) {
        assertThat(mended.get(bytes(SECRET_KEY + 5))).isEqualTo(bytes(SECRET_VALUE + 5));
      }
    }
  }

  @Test
  void files_print_with_the_key_and_without() {
    fill(folder);
    try (FileDisk disk = FileDisk.look(folder)) {
      assertThat(print(disk, "manifest", null)).anyMatch(line -> line.startsWith("encrypted, "));
      for (String name : disk.list("store")) {
        if (!name.endsWith(".bitcask")) {
          continue;
        }
        assertThat(print(disk, name, null)).as(name).noneMatch(line -> line.contains("damage"));
        assertThat(print(disk, name, null)).noneMatch(line -> line.contains("customer"));
        if (!name.equals("data-0000000001.bitcask")) {
          assertThatThrownBy(() -> print(disk, name, key(16, 1)))
              .isInstanceOf(WrongKeyException.class);
        }
      }
      assertThat(disk.list("store").stream().flatMap(name -> print(disk, name, KEY).stream()))
          .anyMatch(line -> line.contains("\"customer-of-note5\"  \"owes-us-very-much5\""));
    }
  }

  private static List<String> print(Disk disk, String name, @Nullable StoreKey key) {
    List<String> lines = new ArrayList<>();
    new FilePrinter(lines::add, key).print(disk, "store", name);
    return lines;
  }
}
