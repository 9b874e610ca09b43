package dev.nucleusdb.bitcask.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.bitcask.BitcaskOptions;
import dev.nucleusdb.bitcask.IndexKind;
import dev.nucleusdb.bitcask.backup.Backup;
import dev.nucleusdb.bitcask.large.UserView;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskException.Kind;
import dev.nucleusdb.core.storage.WriteBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The store as a library: many threads, one folder.
@Timeout(60)
class BitcaskStoreTest {
  private static final StoreOptions SMALL =
      StoreOptions.DEFAULT
          .withEngine(BitcaskOptions.DEFAULT.withSegmentSizeBytes(8_192).withMerge(0.4, 2_048, 4))
          .withDurability(Durability.NONE);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Durability.class)
  void what_was_put_is_there_until_it_is_deleted_and_after_a_reopen(Durability durability) {
    StoreOptions options = SMALL.withDurability(durability);
    try (BitcaskStore store = BitcaskStore.open(folder, options)) {
      store.put(bytes("a"), bytes("1"));
      store.put(bytes("b"), bytes("2"));
      store.delete(bytes("a"));
      store.write(new WriteBatch().put(bytes("c"), bytes("3")).put(bytes("d"), bytes("4")));
      assertThat(store.get(bytes("a"))).isNull();
    }
    try (BitcaskStore store = BitcaskStore.open(folder, options)) {
      assertThat(all(store)).containsExactly("b=2", "c=3", "d=4");
      assertThat(store.get(bytes("d"))).isEqualTo(bytes("4"));
    }
  }

  @Test
  void a_store_may_change_its_index_and_is_folded_with_either() {
    StoreOptions hashed = SMALL.withEngine(SMALL.engine().withIndex(IndexKind.HASH));
    for (StoreOptions options : List.of(hashed, SMALL, hashed)) {
      try (BitcaskStore store = BitcaskStore.open(folder, options)) {
        for (int k = 0; k < 500; k++) {
          store.put(key(k), value(k, 1));
        }
        store.delete(key(499));
        Set<String> found = new TreeSet<>();
        store.fold((k, v) -> {
          store.put(k, v);
          return found.add(new String(v, UTF_8));
        });
        assertThat(found).hasSize(499);
        List<String> range = new ArrayList<>();
        store.scan(key(100), key(103), (k, v) -> range.add(new String(v, UTF_8)));
        assertThat(range).containsExactly("100:1", "101:1", "102:1");
        assertThat(store.get(key(498))).isEqualTo(value(498, 1));
        assertThat(store.report().files()).isNotEmpty();
        assertThat(store.report().writeAmplification()).isGreaterThanOrEqualTo(1);
      }
    }
  }

  @Test
  void a_compare_and_set_is_won_by_one_of_many() throws InterruptedException {
    try (BitcaskStore store = BitcaskStore.open(folder, SMALL)) {
      store.put(bytes("n"), bytes("0"));
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        threads.add(
            Thread.ofPlatform()
                .start(() -> {
                  for (int i = 0; i < 200; i++) {
                    byte[] seen = store.get(bytes("n"));
                    byte[] next = bytes("" + (Integer.parseInt(new String(seen, UTF_8)) + 1));
                    while (!store.compareAndSet(bytes("n"), seen, next)) {
                      seen = store.get(bytes("n"));
                      next = bytes("" + (Integer.parseInt(new String(seen, UTF_8)) + 1));
                    }
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(store.get(bytes("n"))).isEqualTo(bytes("800"));
      assertThat(store.compareAndSet(bytes("absent"), bytes("x"), bytes("y"))).isFalse();
      assertThat(store.compareAndSet(bytes("absent"), null, bytes("y"))).isTrue();
      assertThat(store.compareAndSet(bytes("absent"), null, bytes("z"))).isFalse();
      assertThat(store.compareAndSet(bytes("absent"), bytes("y"), null)).isTrue();
      assertThat(store.get(bytes("absent"))).isNull();
    }
  }

  @Test
  void readers_see_what_was_written_while_writes_and_merges_go_on() throws InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (BitcaskStore store = BitcaskStore.open(folder, SMALL.withMergeBytesPerSecond(1L << 30))) {
      for (int k = 0; k < 50; k++) {
        store.put(key(k), value(k, 0));
      }
      List<Thread> readers = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        readers.add(Thread.ofPlatform().start(() -> readOn(store, stop, failure)));
      }
      for (int version = 1; version <= 600; version++) {
        for (int k = 0; k < 50; k++) {
          store.put(key(k), value(k, version));
        }
        if (version % 100 == 0) {
          Thread.currentThread().interrupt();
          store.put(bytes("interrupted"), bytes("" + version));
          assertThat(Thread.interrupted()).isTrue();
        }
      }
      stop.set(true);
      for (Thread reader : readers) {
        reader.join();
      }
      assertThat(failure.get()).isNull();
      store.merge();
      assertThat(store.statistics().diskBytes()).isLessThan(40_000);
    }
    try (BitcaskStore store = BitcaskStore.open(folder, SMALL)) {
      assertThat(store.get(key(49))).isEqualTo(value(49, 600));
      assertThat(store.statistics().keyCount()).isEqualTo(51);
    }
  }

  /// Versions never go back, and each value is of its key.
  private static void readOn(
      BitcaskStore store, AtomicBoolean stop, AtomicReference<Throwable> failure) {
    int[] seen = new int[50];
    try {
      for (int k = 0; !stop.get(); k = (k + 7) % 50) {
        String value = new String(store.get(key(k)), UTF_8);
        int version = Integer.parseInt(value.substring(value.indexOf(':') + 1));
        assertThat(value).startsWith(k + ":");
        assertThat(version).isGreaterThanOrEqualTo(seen[k]);
        seen[k] = version;
      }
    } catch (Throwable wrong) {
      failure.set(wrong);
    }
  }

  @Test
  void several_views_show_each_its_own_moment_forwards_and_backwards() {
    try (BitcaskStore store = BitcaskStore.open(folder, SMALL)) {
      for (int k = 0; k < 300; k++) {
        store.put(key(k), value(k, 1));
      }
      try (StoreView first = store.view()) {
        for (int k = 0; k < 300; k += 2) {
          store.delete(key(k));
        }
        try (StoreView second = store.view()) {
          for (int k = 0; k < 300; k++) {
            store.put(key(k), value(k, 3));
          }
          store.merge();
          assertThat(first.keyCount()).isEqualTo(300);
          assertThat(second.keyCount()).isEqualTo(150);
          assertThat(first.get(key(2))).isEqualTo(value(2, 1));
          assertThat(second.get(key(2))).isNull();
          assertThat(store.get(key(2))).isEqualTo(value(2, 3));
          List<String> backwards = new ArrayList<>();
          second.scanBackwards(key(1), key(8), (k, v) -> backwards.add(new String(v, UTF_8)));
          assertThat(backwards).containsExactly("7:1", "5:1", "3:1", "1:1");
          UserView.Iterator at = second.iterator();
          assertThat(at.last()).isTrue();
          assertThat(at.key()).isEqualTo(key(299));
          assertThat(at.next()).isFalse();
          List<String> keys = new ArrayList<>();
          first.keys(key(10), key(13), k -> keys.add(new String(k, UTF_8)));
          assertThat(keys).containsExactly("key-010", "key-011", "key-012");
        }
      }
    }
  }

  @Test
  void a_key_with_a_time_to_live_is_gone_after_it_and_its_space_comes_back()
      throws InterruptedException {
    try (BitcaskStore store = BitcaskStore.open(folder, SMALL)) {
      store.put(bytes("old"), bytes("stays"));
      for (int k = 0; k < 200; k++) {
        store.put(key(k), new byte[200], Duration.ofMillis(300));
      }
      store.put(bytes("long"), bytes("stays"), Duration.ofDays(1));
      assertThat(store.get(bytes("long"))).isEqualTo(bytes("stays"));
      while (store.get(key(199)) != null) {
        Thread.sleep(20);
      }
      assertThat(store.get(key(0))).isNull();
      assertThat(all(store)).containsExactly("long=stays", "old=stays");
      store.merge();
      assertThat(store.statistics().diskBytes()).isLessThan(20_000);
    }
    try (BitcaskStore store = BitcaskStore.open(folder, SMALL)) {
      assertThat(all(store)).containsExactly("long=stays", "old=stays");
    }
  }

  @Test
  void the_bound_of_space_is_kept_by_merging_first_and_refusing_then() {
    StoreOptions bounded =
        SMALL.withEngine(SMALL.engine().withSpaceBytesMax(80_000)).withDurability(Durability.NONE);
    try (BitcaskStore store = BitcaskStore.open(folder, bounded)) {
      for (int i = 0; i < 3_000; i++) {
        store.put(key(i % 100), value(i, i));
        assertThat(store.statistics().diskBytes()).isLessThanOrEqualTo(80_000);
      }
      int[] filled = {0};
      assertThatThrownBy(
              () -> {
                for (; filled[0] < 10_000; filled[0]++) {
                  store.put(key(1_000 + filled[0]), new byte[500]);
                  assertThat(store.statistics().diskBytes()).isLessThanOrEqualTo(80_000);
                }
              })
          .isInstanceOfSatisfying(
              DiskException.class, full -> assertThat(full.kind()).isEqualTo(Kind.NO_SPACE))
          .hasMessageContaining("80000");
      assertThat(filled[0]).isGreaterThan(60);
      for (int i = 0; i < filled[0]; i++) {
        store.delete(key(1_000 + i));
        assertThat(store.statistics().diskBytes()).isLessThanOrEqualTo(80_000);
      }
      store.put(bytes("again"), new byte[500]);
      assertThat(store.get(key(99))).isNotNull();
    }
  }

  @Test
  void a_bound_of_space_holds_for_zeros_that_are_reserved_too() throws IOException {
    int bound = 6 * 65_536 + 30_000;
    StoreOptions bounded =
        SMALL
            .withEngine(SMALL.engine().withSegmentSizeBytes(65_536).withSpaceBytesMax(bound))
            .withDurability(Durability.GROUP);
    boolean[] reserved = {false};
    try (BitcaskStore store = BitcaskStore.open(folder, bounded)) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 300; i++) {
                  store.put(key(i), new byte[2_000]);
                  long onDisk = dataBytes();
                  assertThat(onDisk)
                      .as("where puts may go")
                      .isLessThanOrEqualTo(bound - 2 * 65_536);
                  reserved[0] |= onDisk > store.statistics().diskBytes() + 10_000;
                }
              })
          .as("nothing to merge")
          .isInstanceOf(DiskException.class);
      assertThat(reserved[0]).isTrue();
      for (int i = 0; i < 300; i++) {
        store.delete(key(i));
        assertThat(dataBytes()).isLessThanOrEqualTo(bound);
      }
      for (int i = 0; i < 300; i++) {
        store.put(key(i % 20), new byte[2_000]);
        assertThat(dataBytes()).isLessThanOrEqualTo(bound);
      }
    }
  }

  private long dataBytes() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("store"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("data-"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  @Test
  void a_backup_is_a_store_and_a_second_one_brings_only_what_is_new() throws IOException {
    Path target = folder.resolve("backup");
    try (BitcaskStore store = BitcaskStore.open(folder.resolve("live"), SMALL)) {
      for (int k = 0; k < 300; k++) {
        store.put(key(k), value(k, 1));
      }
      // With all hints: those that come later would be new.
      store.merge();
      Backup.Result first = store.backup(target);
      assertThat(first.linkedFiles()).isGreaterThan(1);
      for (int k = 300; k < 350; k++) {
        store.put(key(k), value(k, 1));
      }
      Backup.Result second = store.backup(target);
      assertThat(second.keptFiles()).isGreaterThan(0);
      assertThat(second.linkedFiles()).isLessThan(first.linkedFiles());
      store.put(key(0), bytes("later"));
    }
    try (BitcaskStore restored = BitcaskStore.open(target, SMALL)) {
      assertThat(restored.statistics().keyCount()).isEqualTo(350);
      assertThat(restored.get(key(0))).isEqualTo(value(0, 1));
      restored.put(key(0), bytes("other"));
    }
    try (BitcaskStore store = BitcaskStore.open(folder.resolve("live"), SMALL)) {
      assertThat(store.get(key(0))).isEqualTo(bytes("later"));
    }
    assertThat(Files.exists(target.resolve("store/manifest.twin"))).isTrue();
  }

  @Test
  void a_folder_in_use_and_a_closed_store_are_refused() {
    BitcaskStore store = BitcaskStore.open(folder, SMALL);
    assertThatThrownBy(() -> BitcaskStore.open(folder, SMALL))
        .isInstanceOfSatisfying(
            DiskException.class, locked -> assertThat(locked.kind()).isEqualTo(Kind.LOCKED));
    store.close();
    store.close();
    assertThatThrownBy(() -> store.get(bytes("a"))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.put(bytes("a"), bytes("1")))
        .isInstanceOf(IllegalStateException.class);
    BitcaskStore.open(folder, SMALL).close();
  }

  private static List<String> all(BitcaskStore store) {
    List<String> all = new ArrayList<>();
    store.scan(
        new byte[0], null, (k, v) -> all.add(new String(k, UTF_8) + "=" + new String(v, UTF_8)));
    return all;
  }

  private static byte[] key(int k) {
    return bytes("key-%03d".formatted(k));
  }

  private static byte[] value(int k, int version) {
    return bytes(k + ":" + version);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
