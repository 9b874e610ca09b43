package dev.nucleusdb.bitcask.large;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nucleusdb.bitcask.Bitcask;
import dev.nucleusdb.bitcask.BitcaskOptions;
import dev.nucleusdb.bitcask.BitcaskRules;
import dev.nucleusdb.bitcask.IndexKind;
import dev.nucleusdb.bitcask.cipher.StoreKey;
import dev.nucleusdb.bitcask.compression.Compression;
import dev.nucleusdb.bitcask.format.LargeValueException;
import dev.nucleusdb.bitcask.inspect.FilePrinter;
import dev.nucleusdb.bitcask.inspect.Salvage;
import dev.nucleusdb.bitcask.store.BitcaskStore;
import dev.nucleusdb.bitcask.store.Durability;
import dev.nucleusdb.bitcask.store.StoreOptions;
import dev.nucleusdb.bitcask.store.StoreView;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.core.system.FileDisk;
import dev.nucleusdb.core.system.FileDiskOptions;
import dev.nucleusdb.core.trace.Trace;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("InputStreamSlowMultibyteRead") // short, and read once
class LargeValueTest {
  private static final int PART = LargeValues.PART_BYTES;
  private static final byte[] KEY = {5};
  private static final StoreOptions OPTIONS =
      StoreOptions.DEFAULT
          .withDurability(Durability.NONE)
          .withEngine(BitcaskOptions.DEFAULT.withSegmentSizeBytes(1 << 20));

  @TempDir Path folder = Path.of("");

  private static byte[] noise(int length, long seed) {
    byte[] bytes = new byte[length];
    SplitMix random = new SplitMix(seed);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextLong();
    }
    return bytes;
  }

  private static InputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static byte[] whole(BitcaskStore store, byte[] key) throws IOException {
    try (ValueStream stream = Objects.requireNonNull(store.stream(key))) {
      return stream.readAllBytes();
    }
  }

  private static List<byte[]> keysOf(BitcaskStore store) {
    List<byte[]> keys = new ArrayList<>();
    try (StoreView view = store.view()) {
      view.keys(new byte[0], null, keys::add);
    }
    return keys;
  }

  @ParameterizedTest
  @EnumSource(IndexKind.class)
  void keys_are_counted_without_the_parts_of_their_values(IndexKind index) throws IOException {
    StoreOptions options = OPTIONS.withEngine(OPTIONS.engine().withIndex(index));
    try (BitcaskStore store = BitcaskStore.open(folder, options)) {
      store.put(new byte[] {1}, new byte[1]);
      assertThat(store.statistics().keyCount()).isEqualTo(1);
      store.put(KEY, in(noise(3 * PART + 1, 1)));
      store.put(new byte[] {6}, in(noise(5 * PART, 2)));
      assertThat(store.statistics().keyCount()).isEqualTo(3);
      InputStream looking =
          new InputStream() {
            private int left = 3 * PART;

            @Override
            public int read() {
              if (left-- == PART / 2) {
                assertThat(store.statistics().keyCount()).as("half written").isEqualTo(3);
              }
              return left < 0 ? -1 : 7;
            }
          };
      store.put(new byte[] {7}, looking);
      store.delete(KEY);
      store.put(new byte[] {6}, in(noise(2 * PART, 3)));
      assertThat(store.statistics().keyCount()).as("not all is freed").isEqualTo(3);
      store.merge();
      assertThat(store.statistics().keyCount()).isEqualTo(3);
    }
    try (BitcaskStore store = BitcaskStore.open(folder, options)) {
      assertThat(store.statistics().keyCount()).isEqualTo(3);
    }
  }

  @Test
  void an_upkeep_that_fails_as_nobody_foresaw_stops_the_writes_and_not_the_reads()
      throws InterruptedException {
    try (FileDisk disk = FileDisk.open(folder, FileDiskOptions.DEFAULT)) {
      Bitcask engine =
          Bitcask.open(
              disk, "store", OPTIONS.engine(), BitcaskRules.DEFAULT, new SplitMix(1), Trace.NONE);
      byte[] oneIsFreed = ByteBuffer.allocate(24).putLong(1).putLong(0).putLong(1).array();
      WriteBatch nonsense = new WriteBatch().put(KEY, new byte[1]);
      engine.write(
          nonsense.put(KeySpace.state(), oneIsFreed).put(KeySpace.freed(0), new byte[3]), 1);
      engine.close();
    }
    BitcaskStore store = BitcaskStore.open(folder, OPTIONS);
    Throwable told = null;
    for (int tries = 0; tries < 1_000 && told == null; tries++) {
      Thread.sleep(10);
      told = catchThrowable(() -> store.put(new byte[] {9}, new byte[9]));
    }
    assertThat(told).isInstanceOf(DiskException.class).hasMessageContaining("an earlier failure");
    assertThat(told)
        .cause()
        .hasMessageContaining("the upkeep has failed: java.nio.BufferUnderflowException");
    assertThat(store.get(KEY)).isEqualTo(new byte[1]);
    assertThatThrownBy(store::sync).isInstanceOf(DiskException.class);
    store.close();
  }

  @Test
  void a_value_of_any_length_comes_back_as_it_was() throws IOException {
    try (BitcaskStore store = BitcaskStore.open(folder, OPTIONS)) {
      for (int length : new int[] {0, 1, PART - 1, PART, PART + 1, 2 * PART, 5 * PART + 77}) {
        byte[] value = noise(length, length);
        store.put(KEY, in(value));
        assertThat(whole(store, KEY)).isEqualTo(value);
        store.put(new byte[] {6}, in(value), length);
        assertThat(whole(store, new byte[] {6})).isEqualTo(value);
      }
      assertThat(store.stream(new byte[] {9})).isNull();
    }
    try (BitcaskStore store = BitcaskStore.open(folder, OPTIONS)) {
      assertThat(whole(store, KEY)).isEqualTo(noise(5 * PART + 77, 5 * PART + 77));
    }
  }

  @Test
  void an_array_is_refused_in_words_that_name_the_way() throws IOException {
    try (BitcaskStore store = BitcaskStore.open(folder, OPTIONS)) {
      store.put(KEY, in(new byte[3 * PART]));
      assertThatThrownBy(() -> store.get(KEY))
          .isInstanceOf(LargeValueException.class)
          .hasMessageContaining("1474560 bytes")
          .hasMessageContaining("BitcaskStore.stream");
      assertThatThrownBy(() -> store.scan(new byte[0], null, (key, value) -> true))
          .isInstanceOf(LargeValueException.class);
      assertThat(store.compareAndSet(KEY, null, new byte[1])).isFalse();
    }
  }

  @Test
  void a_stream_that_fails_or_ends_too_early_changes_nothing_and_leaves_nothing()
      throws IOException {
    try (BitcaskStore store = BitcaskStore.open(folder, OPTIONS)) {
      store.put(KEY, new byte[] {1});
      assertThatThrownBy(() -> store.put(KEY, in(new byte[3 * PART]), 3 * PART + 1))
          .isInstanceOf(EOFException.class);
      InputStream failing =
          new InputStream() {
            private int left = 3 * PART;

            @Override
            public int read() throws IOException {
              if (left-- == 0) {
                throw new IOException("the line is dead");
              }
              return 7;
            }
          };
      assertThatThrownBy(() -> store.put(KEY, failing)).hasMessage("the line is dead");
      assertThat(store.get(KEY)).isEqualTo(new byte[] {1});
      store.merge();
      assertThat(store.statistics().keyCount()).as("the key alone").isEqualTo(1);
    }
  }

  @Test
  void a_stream_being_read_stays_what_it_was_while_the_key_is_replaced_deleted_and_merged()
      throws IOException {
    byte[] value = noise(6 * PART, 1);
    for (IndexKind index : IndexKind.values()) {
      Path own = folder.resolve(index.name());
      StoreOptions options = OPTIONS.withEngine(OPTIONS.engine().withIndex(index));
      try (BitcaskStore store = BitcaskStore.open(own, options)) {
        store.put(KEY, in(value));
        try (StoreView view = store.view();
            ValueStream stream = Objects.requireNonNull(store.stream(KEY))) {
          assertThat(stream.readNBytes(PART + 5)).isEqualTo(Arrays.copyOf(value, PART + 5));
          store.put(KEY, in(noise(4 * PART, 2)));
          store.merge();
          store.delete(KEY);
          store.merge();
          assertThat(stream.readAllBytes())
              .isEqualTo(Arrays.copyOfRange(value, PART + 5, value.length));
          try (ValueStream old = Objects.requireNonNull(view.stream(KEY))) {
            assertThat(old.readAllBytes()).isEqualTo(value);
          }
        }
        assertThat(store.stream(KEY)).isNull();
      }
    }
  }

  @Test
  void what_is_replaced_deleted_or_expired_gives_its_room_back() throws IOException {
    try (BitcaskStore store = BitcaskStore.open(folder, OPTIONS)) {
      store.put(new byte[] {8}, in(noise(5 * PART, 11)), Duration.ofMillis(1));
      for (int i = 0; i < 4; i++) {
        store.put(KEY, in(noise(5 * PART, i)));
      }
      store.put(new byte[] {6}, in(noise(5 * PART, 9)));
      store.delete(new byte[] {6});
      store.put(new byte[] {7}, in(noise(5 * PART, 10)));
      store.put(new byte[] {7}, new byte[] {1});
      while (store.stream(new byte[] {8}) != null) {
        Thread.onSpinWait();
      }
      store.write(new WriteBatch().put(KEY, new byte[1]).put(KEY, new byte[2]));
      store.merge();
      assertThat(store.statistics().liveBytes()).isLessThan(1000);
      assertThat(store.statistics().diskBytes()).isLessThan(3 << 20);
    }
  }

  @Test
  void an_upload_that_a_crash_cut_short_leaves_nothing_behind() throws IOException {
    Path torn = folder.resolve("torn");
    try (BitcaskStore store = BitcaskStore.open(folder.resolve("whole"), OPTIONS)) {
      store.put(new byte[] {1}, new byte[] {1});
      InputStream copied =
          new InputStream() {
            private int left = 4 * PART;

            @Override
            public int read() {
              if (--left == PART / 2) {
                store.backup(torn);
              }
              return left < 0 ? -1 : 7;
            }
          };
      store.put(KEY, copied);
    }
    try (BitcaskStore store = BitcaskStore.open(torn, OPTIONS)) {
      assertThat(store.stream(KEY)).isNull();
      store.merge();
      assertThat(store.statistics().keyCount()).isEqualTo(1);
      store.put(KEY, in(noise(2 * PART, 5)));
      assertThat(whole(store, KEY)).isEqualTo(noise(2 * PART, 5));
    }
  }

  @Test
  void views_scans_and_folds_show_the_key_once_and_none_of_the_house() throws IOException {
    byte[] mark = Arrays.copyOf(KeySpace.hiddenFrom(), 16);
    byte[] like = KeySpace.part(0, 0);
    for (IndexKind index : IndexKind.values()) {
      Path own = folder.resolve(index.name());
      StoreOptions options = OPTIONS.withEngine(OPTIONS.engine().withIndex(index));
      try (BitcaskStore store = BitcaskStore.open(own, options)) {
        store.put(mark, new byte[] {1});
        store.put(like, new byte[] {2});
        store.put(KEY, in(noise(3 * PART, 1)));
        store.put(new byte[] {-1}, new byte[] {3});
        List<String> seen = new ArrayList<>();
        try (StoreView view = store.view()) {
          view.scan(
              new byte[0],
              null,
              (key, value) -> seen.add(Arrays.toString(key) + value[0]),
              (key, size) -> seen.add(Arrays.toString(key) + "of " + size));
          List<String> expected =
              List.of(
                  "[5]of " + 3 * PART,
                  Arrays.toString(mark) + 1,
                  Arrays.toString(like) + 2,
                  "[-1]3");
          assertThat(seen).isEqualTo(expected);
          seen.clear();
          view.scanBackwards(
              mark,
              new byte[] {-1},
              (key, value) -> seen.add(Arrays.toString(key) + value[0]),
              UserView.LargeVisitor.REFUSE);
          assertThat(seen).isEqualTo(List.of(expected.get(2), expected.get(1)));
          assertThat(view.get(like)).isEqualTo(new byte[] {2});
          UserView.Iterator at = view.iterator();
          assertThat(at.first() && at.isLarge() && at.next() && !at.isLarge()).isTrue();
        }
        assertThat(keysOf(store)).containsExactly(KEY, mark, like, new byte[] {-1});
        seen.clear();
        store.fold(
            (key, value) -> seen.add(Arrays.toString(key)),
            (key, size) -> seen.add(Arrays.toString(key)));
        assertThat(seen).hasSize(4).contains("[5]", Arrays.toString(like));
        store.delete(like);
        assertThat(whole(store, KEY)).hasSize(3 * PART);
      }
    }
  }

  @Test
  void a_damaged_part_fails_the_read_there_and_the_repair_names_the_key() throws IOException {
    try (BitcaskStore store = BitcaskStore.open(folder, OPTIONS)) {
      store.put(KEY, in(noise(8 * PART, 1)));
      store.put(new byte[] {6}, in(noise(3 * PART, 2)));
      store.merge();
    }
    Path file = folder.resolve("store").resolve("data-0000000002.bitcask");
    byte[] content = Files.readAllBytes(file);
    content[content.length / 4] ^= 1;
    Files.write(file, content);
    try (BitcaskStore store = BitcaskStore.open(folder, OPTIONS);
        ValueStream stream = Objects.requireNonNull(store.stream(KEY))) {
      assertThat(stream.readNBytes(PART)).hasSize(PART);
      assertThatThrownBy(stream::readAllBytes)
          .isInstanceOf(CorruptionException.class)
          .hasMessageContaining("data-0000000002.bitcask at offset");
      assertThat(whole(store, new byte[] {6})).isEqualTo(noise(3 * PART, 2));
    }
    try (FileDisk disk = FileDisk.open(folder, FileDiskOptions.DEFAULT)) {
      Salvage.Result result = Salvage.of(disk, "store", "mended", new SplitMix(1));
      assertThat(result.lostKeys()).containsExactly(KEY);
      disk.rename("store", "damaged");
      disk.rename("mended", "store");
    }
    try (BitcaskStore store = BitcaskStore.open(folder, OPTIONS)) {
      assertThat(store.stream(KEY)).isNull();
      assertThat(whole(store, new byte[] {6})).isEqualTo(noise(3 * PART, 2));
    }
  }

  @Test
  void parts_are_encrypted_and_compressed_as_values_are_and_copied_with_them() throws IOException {
    StoreOptions options =
        OPTIONS.withKey(StoreKey.of(new byte[16])).withCompression(Compression.zstd());
    byte[] value =
        "all work and no play "
            .repeat(100_000)
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    try (BitcaskStore store = BitcaskStore.open(folder, options)) {
      store.put(KEY, in(value));
      assertThat(store.statistics().liveBytes()).isLessThan(20_000);
      store.backup(folder.resolve("copy"));
      List<String> lines = new ArrayList<>();
      try (FileDisk disk = FileDisk.look(folder)) {
        new FilePrinter(lines::add, StoreKey.of(new byte[16]))
            .print(disk, "store", "data-0000000001.bitcask");
      }
      assertThat(lines)
          .anyMatch(line -> line.contains("part 0 of large value 0"))
          .anyMatch(line -> line.contains("large value 0, 2100000 bytes in 5 parts"));
    }
    try (BitcaskStore store = BitcaskStore.open(folder.resolve("copy"), options)) {
      assertThat(whole(store, KEY)).isEqualTo(value);
    }
  }

  @Test
  void users_keys_and_keys_of_the_house_never_meet_and_keep_their_order() {
    SplitMix random = new SplitMix(1);
    byte[] mark = Arrays.copyOf(KeySpace.hiddenFrom(), 16);
    List<byte[]> keys = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      byte[] key = Arrays.copyOf(mark, 14 + random.nextInt(5));
      if (random.chance(0.5)) {
        key[random.nextInt(key.length)] = (byte) random.nextInt(3);
      }
      keys.add(key);
    }
    for (byte[] one : keys) {
      assertThat(KeySpace.isHidden(KeySpace.ofUser(one))).isFalse();
      assertThat(KeySpace.toUser(KeySpace.ofUser(one))).isEqualTo(one);
      for (byte[] other : keys) {
        assertThat(
                Integer.signum(
                    Arrays.compareUnsigned(KeySpace.ofUser(one), KeySpace.ofUser(other))))
            .isEqualTo(Integer.signum(Arrays.compareUnsigned(one, other)));
      }
    }
  }
}
