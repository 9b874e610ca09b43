package dev.nucleusdb.bitcask.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.bitcask.BitcaskOptions;
import dev.nucleusdb.bitcask.store.BitcaskStore;
import dev.nucleusdb.bitcask.store.Durability;
import dev.nucleusdb.bitcask.store.StoreOptions;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.core.system.FileDisk;
import dev.nucleusdb.core.system.FileDiskOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stores that are looked at from outside: verified, printed, salvaged, brought over.
class InspectTest {
  private static final StoreOptions SMALL =
      StoreOptions.DEFAULT
          .withEngine(BitcaskOptions.DEFAULT.withSegmentSizeBytes(4_096))
          .withDurability(Durability.NONE);

  @TempDir Path folder;
  private Path files;

  @BeforeEach
  void fill() {
    files = folder.resolve("store");
    try (BitcaskStore store = BitcaskStore.open(folder, SMALL)) {
      for (int k = 0; k < 200; k++) {
        store.put(key(k), bytes("first value of " + k));
      }
      for (int k = 0; k < 20; k++) {
        store.put(key(k), bytes("second value of " + k));
      }
      store.delete(key(150));
      store.merge();
    }
  }

  @Test
  void a_whole_store_has_no_findings() {
    Verification.Result result = verify();
    assertThat(result.findings()).isEmpty();
    assertThat(result.records()).isEqualTo(221);
    assertThat(result.files()).isGreaterThan(3);
  }

  @Test
  void every_flipped_byte_of_every_file_is_found() throws IOException {
    try (var all = Files.list(files)) {
      for (Path file : all.toList()) {
        byte[] whole = Files.readAllBytes(file);
        for (int offset = 3; offset < whole.length; offset += 97) {
          byte[] bytes = whole.clone();
          bytes[offset] ^= 0x20;
          Files.write(file, bytes);
          assertThat(verify().findings())
              .as("%s at %d", file, offset)
              .anyMatch(finding -> finding.file().equals(file.getFileName().toString()));
        }
        Files.write(file, whole);
      }
    }
    assertThat(verify().findings()).isEmpty();
  }

  /// Each frame holds one record: no damage to its head sends a reader past the next one.
  @Test
  void damage_to_any_byte_of_a_head_costs_that_frame_alone() throws IOException {
    Path few = folder.resolve("few");
    Path file = few.resolve("store").resolve("data-0000000001.bitcask");
    try (BitcaskStore store = BitcaskStore.open(few, SMALL)) {
      for (int k = 0; k < 3; k++) {
        store.put(key(k), bytes("first value of " + k));
      }
    }
    byte[] whole = Files.readAllBytes(file);
    int frameBytes = (whole.length - 48) / 3;
    int second = 48 + frameBytes;
    List<String> all = print(few, file);
    for (int offset = second; offset < second + frameBytes; offset++) {
      byte[] bytes = whole.clone();
      bytes[offset] ^= (byte) 0xff;
      Files.write(file, bytes);
      List<String> lines = print(few, file);
      assertThat(lines).as("byte %d", offset - second).hasSize(all.size() - 1);
      assertThat(lines.subList(0, 3)).isEqualTo(all.subList(0, 3));
      assertThat(lines.get(3)).startsWith("%08x  damage: ".formatted(second));
      assertThat(lines.subList(4, 7)).isEqualTo(all.subList(5, 8));
    }
  }

  @Test
  void what_is_lost_is_told_by_name_and_never_replaced_by_an_older_value() throws IOException {
    Path last = dataFiles().get(dataFiles().size() - 1);
    Path sealed = dataFiles().get(dataFiles().size() - 2);
    byte[] bytes = Files.readAllBytes(sealed);
    bytes[200] ^= 1;
    Files.write(sealed, bytes);
    assertThat(verify().hasDamage()).isTrue();
    Salvage.Result result = salvage();
    assertThat(result.lost()).hasSize(1);
    assertThat(result.lostKeys()).isNotEmpty();
    assertThat(result.mayBeStale()).isFalse();
    assertThat(last).exists();
    try (BitcaskStore store = BitcaskStore.open(folder.resolve("new"), SMALL)) {
      assertThat(store.statistics().keyCount()).isEqualTo(199 - result.lostKeys().size());
      for (int k = 0; k < 200; k++) {
        byte[] found = store.get(key(k));
        int number = k;
        boolean lost = result.lostKeys().stream().anyMatch(key -> eq(key, key(number)));
        if (lost || k == 150) {
          assertThat(found).isNull();
        } else {
          assertThat(found).isEqualTo(bytes((k < 20 ? "second" : "first") + " value of " + k));
        }
      }
    }
  }

  @Test
  void a_store_without_a_manifest_is_salvaged_from_the_files_themselves() throws IOException {
    Files.delete(files.resolve("manifest"));
    Files.delete(files.resolve("manifest.twin"));
    assertThat(verify().hasDamage()).isTrue();
    Salvage.Result result = salvage();
    assertThat(result.keyCount()).isEqualTo(199);
    assertThat(result.mayBeStale()).isTrue();
  }

  @Test
  void of_a_batch_that_is_damaged_in_one_place_the_other_records_are_saved() throws IOException {
    Path other = folder.resolve("other");
    try (BitcaskStore store = BitcaskStore.open(other, SMALL)) {
      WriteBatch batch = new WriteBatch();
      for (int k = 0; k < 20; k++) {
        batch.put(key(k), bytes("value of " + k));
      }
      store.write(batch);
    }
    Path data = other.resolve("store/data-0000000001.bitcask");
    byte[] bytes = Files.readAllBytes(data);
    bytes[400] ^= 1;
    Files.write(data, bytes);
    try (FileDisk disk = FileDisk.open(other, FileDiskOptions.DEFAULT)) {
      Salvage.Result result = Salvage.of(disk, "store", "new", new SplitMix(1));
      assertThat(result.keyCount()).isEqualTo(19);
      assertThat(result.mayBeStale()).isTrue();
    }
  }

  private static List<String> print(Path root, Path file) {
    List<String> lines = new ArrayList<>();
    try (FileDisk disk = FileDisk.look(root)) {
      new FilePrinter(lines::add).print(disk, "store", file.getFileName().toString());
    }
    return lines;
  }

  @Test
  void every_file_is_printed_and_damage_in_it_too() throws IOException {
    List<String> lines = new ArrayList<>();
    try (FileDisk disk = FileDisk.look(folder)) {
      for (String name : disk.list("store")) {
        assertThat(new FilePrinter(lines::add).print(disk, "store", name)).as(name).isTrue();
      }
    }
    assertThat(lines)
        .anyMatch(line -> line.contains("\"key-007\"  \"second value of 7\""))
        .anyMatch(line -> line.contains("\"key-150\"  deleted"))
        .anyMatch(line -> line.contains("seal  "))
        .anyMatch(line -> line.startsWith("hint of data file"));
    Path first = dataFiles().get(0);
    byte[] bytes = Files.readAllBytes(first);
    bytes[300] ^= 1;
    Files.write(first, bytes);
    lines.clear();
    try (FileDisk disk = FileDisk.look(folder)) {
      String name = first.getFileName().toString();
      assertThat(new FilePrinter(lines::add).print(disk, "store", name)).isFalse();
      assertThatThrownBy(() -> new FilePrinter(lines::add).print(disk, "store", "other.txt"))
          .isInstanceOf(DiskException.class);
    }
    assertThat(lines).anyMatch(line -> line.contains("damage: "));
    assertThat(lines.get(lines.size() - 1)).contains("end");
  }

  @Test
  void a_store_is_read_while_another_process_holds_it() {
    try (BitcaskStore writer = BitcaskStore.open(folder, SMALL);
        BitcaskStore reader = BitcaskStore.openReadOnly(folder, SMALL)) {
      writer.put(key(1), bytes("later"));
      assertThat(reader.get(key(1))).isEqualTo(bytes("second value of 1"));
      assertThatThrownBy(() -> reader.put(key(1), bytes("no")))
          .isInstanceOfSatisfying(
              DiskException.class,
              refused -> assertThat(refused.kind()).isEqualTo(DiskException.Kind.READ_ONLY));
      reader.merge();
    }
    assertThat(verify().hasDamage()).isFalse();
    assertThatThrownBy(() -> BitcaskStore.openReadOnly(folder.resolve("none"), SMALL))
        .isInstanceOf(DiskException.class);
  }

  @Test
  void a_folder_of_the_go_form_is_brought_over() throws IOException {
    Path other = Files.createDirectory(folder.resolve("go"));
    byte[] records =
        hex(
            "dee1d677000a0e006e616d656269746361736b"
                + "0c47f418000602ac026131"
                + "07bda2f8021200ac0274786e2d66696e");
    Files.write(other.resolve("000000000.data"), records);
    Files.write(other.resolve("000000001.data"), hex("0c47f418000602ac026131" + "dee1d677000a0e"));
    GoBitcaskFolder.Result result = go(other);
    assertThat(result.content()).hasSize(2);
    assertThat(result.content().get(bytes("name"))).isEqualTo(bytes("bitcask"));
    assertThat(result.content().get(bytes("a"))).isEqualTo(bytes("1"));
    assertThat(result.droppedBatches()).isEqualTo(1);
    assertThat(result.findings()).singleElement().matches(f -> f.offset() == 11);
    Files.write(other.resolve("000000001.data"), hex("a3219f72010a00006e616d65"));
    assertThat(go(other).content().keySet()).singleElement().isEqualTo(bytes("a"));
    records[6] ^= 1;
    Files.write(other.resolve("000000000.data"), records);
    assertThat(go(other).findings())
        .singleElement()
        .matches(f -> f.severity() == Finding.Severity.DAMAGE);
  }

  private static GoBitcaskFolder.Result go(Path other) {
    try (FileDisk disk = FileDisk.look(other)) {
      return GoBitcaskFolder.read(disk);
    }
  }

  private Verification.Result verify() {
    try (FileDisk disk = FileDisk.look(folder)) {
      return Verification.of(disk, "store");
    }
  }

  private Salvage.Result salvage() {
    try (FileDisk disk = FileDisk.open(folder, FileDiskOptions.DEFAULT)) {
      return Salvage.of(disk, "store", "new/store", new SplitMix(1));
    }
  }

  private List<Path> dataFiles() throws IOException {
    try (var all = Files.list(files)) {
      return all.filter(path -> path.getFileName().toString().startsWith("data-"))
          .sorted()
          .toList();
    }
  }

  private static boolean eq(byte[] a, byte[] b) {
    return java.util.Arrays.equals(a, b);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static byte[] key(int k) {
    return bytes("key-%03d".formatted(k));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
