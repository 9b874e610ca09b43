package dev.nucleusdb.bitcask;

import static dev.nucleusdb.bitcask.Sealed.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.bitcask.store.BitcaskStore;
import dev.nucleusdb.bitcask.store.StoreOptions;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.random.SplitMix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What other engines lost once although they had said that it was written; each test is named
/// after the report.
class DurabilityIncidentsTest {

  @Test
  void bitcask_39d33a7_compare_and_set_heeds_that_a_key_is_absent(@TempDir Path folder) {
    try (BitcaskStore store = BitcaskStore.open(folder, StoreOptions.DEFAULT)) {
      assertThat(store.compareAndSet(bytes("k"), bytes("some"), bytes("1"))).isFalse();
      assertThat(store.get(bytes("k"))).isNull();
      assertThat(store.compareAndSet(bytes("k"), null, bytes("1"))).isTrue();
      assertThat(store.compareAndSet(bytes("k"), null, bytes("2"))).isFalse();
      assertThat(store.get(bytes("k"))).isEqualTo(bytes("1"));
      assertThat(store.compareAndSet(bytes("k"), bytes("1"), null)).isTrue();
      assertThat(store.compareAndSet(bytes("k"), bytes("1"), bytes("3"))).isFalse();
      assertThat(store.get(bytes("k"))).isNull();
    }
  }

  @Test
  void rosedb_wal_and_rocksdb_js_748_what_a_failed_append_left_is_taken_away() {
    Sealed store = new Sealed();
    store.write("k0=0");
    for (int i = 1; i < 40; i++) {
      int number = i;
      store.disk.partialBytes = 3 * i;
      store.disk.fault =
          (operation, path) -> operation.equals("append") ? DiskException.Kind.NO_SPACE : null;
      assertThatThrownBy(() -> store.write("never=" + number)).isInstanceOf(DiskException.class);
      store.disk.fault = (operation, path) -> null;
      store.write("k" + i + "=" + i);
      assertThat(store.get("k" + i)).isEqualTo("" + i);
    }
    store.reopenFromData();
    assertThat(store.all()).hasSize(40).noneMatch(record -> record.startsWith("never"));
  }

  @Test
  void badger_1076_a_batch_with_a_large_value_is_there_whole_or_not_at_all() {
    for (int seed = 0; seed < 100; seed++) {
      Sealed store = new Sealed();
      store.write("old=1").sync();
      store.write("small=1", "large=" + "x".repeat(20_000), "other=1");
      store.disk.crash(new SplitMix(seed));
      List<String> after = new Sealed(store.disk, Sealed.OPTIONS).all();
      assertThat(after.size()).as("seed %d", seed).isIn(1, 4);
      assertThat(after).contains("old=1");
    }
  }

  @Test
  void badger_c20628f_what_is_in_a_sealed_file_is_durable() {
    Sealed store = new Sealed();
    store.file("a=1").file("b=1").write("c=1");
    assertThat(store.powerLoss().all()).containsExactly("a=1", "b=1");
  }

  @Test
  void sled_1077_a_sync_covers_how_long_the_file_is() {
    for (int seed = 0; seed < 50; seed++) {
      Sealed store = new Sealed();
      store.write("a=1").sync().write("b=1").sync().write("c=1");
      store.disk.crash(new SplitMix(seed));
      assertThat(new Sealed(store.disk, Sealed.OPTIONS).all()).contains("a=1", "b=1");
    }
  }

  @Test
  void rocksdb_10560_and_bbolt_562_a_new_file_has_its_name_before_anything_in_it_is_claimed() {
    List<String> written = new ArrayList<>();
    Sealed store = new Sealed(new MemoryDisk(), Sealed.OPTIONS.withSegmentSizeBytes(200));
    for (int i = 0; i < 30; i++) {
      store.write("k%02d=1".formatted(i)).sync();
      written.add("k%02d=1".formatted(i));
      MemoryDisk after = store.disk.copy();
      assertThat(new Sealed(after, store.options).all()).isEqualTo(written);
    }
  }

  @Test
  void postgres_fsyncgate_and_yugabyte_33816_a_sync_that_failed_is_never_taken_for_done() {
    Sealed store = new Sealed();
    store.write("a=1").sync().write("b=1");
    List<Boolean> failed = new ArrayList<>();
    store.disk.fault = (operation, path) -> operation.equals("sync") ? DiskException.Kind.IO : null;
    store.engine.sync(failure -> failed.add(failure != null));
    store.disk.completeSyncs();
    store.disk.fault = (operation, path) -> null;
    store.engine.sync(failure -> failed.add(failure != null));
    store.disk.completeSyncs();
    assertThat(failed).containsExactly(true, true);
    assertThat(store.engine.durableIndex()).isEqualTo(1);
    assertThatThrownBy(() -> store.write("c=1")).isInstanceOf(DiskException.class);
    assertThat(store.get("b")).as("reads go on").isEqualTo("1");
    assertThat(store.powerLoss().all()).contains("a=1").doesNotContain("c=1");
  }

  @Test
  void rocksdb_12448_after_a_failed_sync_nothing_more_is_written() {
    Sealed store = new Sealed();
    store.write("a=1");
    String file = store.data().getFirst();
    store.disk.fault = (operation, path) -> operation.equals("sync") ? DiskException.Kind.IO : null;
    store.engine.sync(failure -> assertThat(failure).isNotNull());
    store.disk.completeSyncs();
    store.disk.fault = (operation, path) -> null;
    byte[] before = store.disk.bytes(file);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> store.write("b=1")).isInstanceOf(DiskException.class);
    }
    assertThat(store.disk.bytes(file)).isEqualTo(before);
  }

  @Test
  void chronicle_99_nothing_in_the_files_says_that_a_dead_process_holds_them() {
    Sealed store = new Sealed();
    store.write("a=1").sync();
    for (int death = 0; death < 5; death++) {
      store.powerLoss();
      assertThat(store.get("a")).isEqualTo("1");
      store.write("b=" + death).sync();
    }
    assertThat(store.all()).containsExactly("a=1", "b=4");
  }

  @Test
  void leveldb_195_the_new_manifest_has_its_name_before_old_files_go() {
    Sealed store = new Sealed();
    store.file("a=1", "x=" + Sealed.large(1)).file("x=2");
    for (boolean more = true; more; ) {
      more = store.engine.maintain();
      assertThat(new Sealed(store.disk.copy(), Sealed.OPTIONS).all()).containsExactly("a=1", "x=2");
    }
  }
}
