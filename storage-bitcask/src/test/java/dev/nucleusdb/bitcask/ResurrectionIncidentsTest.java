package dev.nucleusdb.bitcask;

import static dev.nucleusdb.bitcask.Sealed.large;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.core.trace.Trace;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What other engines did once to keys that had been deleted or overwritten; each test is named
/// after the report.
class ResurrectionIncidentsTest {

  @Test
  void bitcask_82_a_merge_of_some_files_keeps_the_tombstone_that_an_older_file_needs() {
    Sealed store = new Sealed();
    store.file("k=old", "a=" + "x".repeat(2000)).file("k", "d=" + large(1)).file("d=2");
    String oldest = store.data().getFirst();
    store.settle();
    assertThat(store.data()).as("the oldest is not worth a merge").contains(oldest).hasSize(4);
    assertThat(store.reopenFromData().get("k")).isNull();
    assertThat(store.get("d")).isEqualTo("2");
  }

  @Test
  void bitcask_148_a_delete_in_the_midst_of_a_merge_outranks_the_copy_in_a_later_file() {
    for (int slices = 0; slices < 12; slices++) {
      Sealed store = new Sealed();
      store.file("k=1", "d=" + large(1)).file("d=2");
      for (int i = 0; i < slices; i++) {
        store.engine.maintain();
      }
      store.write("k");
      assertThat(store.settle().get("k")).isNull();
      assertThat(store.reopenFromData().get("k")).as("after %d slices", slices).isNull();
    }
  }

  @Test
  void bitcask_f472b88_a_tombstone_that_is_out_of_date_still_hides_what_is_older() {
    Sealed store = new Sealed();
    store.file("k=1", "a=1", "b=1", "c=1");
    store.file("k", "d=" + large(1));
    store.file("k=2", "e=" + large(1));
    store.file("k", "f=1");
    store.file("d=2", "e=2").settle();
    assertThat(store.reopenFromData().get("k")).isNull();
    assertThat(store.settle().reopenFromData().get("k")).isNull();
  }

  @Test
  void bitcask_b176d8f_a_tombstone_that_a_merge_copies_does_not_hide_a_later_put() {
    for (int slices = 0; slices < 12; slices++) {
      Sealed store = new Sealed();
      store.file("k=1", "a=1", "b=1").file("k", "d=" + large(1)).file("d=2");
      for (int i = 0; i < slices; i++) {
        store.engine.maintain();
      }
      store.write("k=2");
      assertThat(store.settle().get("k")).isEqualTo("2");
      assertThat(store.reopenFromData().get("k")).as("after %d slices", slices).isEqualTo("2");
    }
  }

  @Test
  void bitcask_4ab96d4_a_merge_does_not_point_the_index_at_a_copy_of_what_was_overwritten() {
    for (int slices = 0; slices < 12; slices++) {
      Sealed store = new Sealed();
      store.file("k=1", "d=" + large(1)).file("d=2");
      for (int i = 0; i < slices; i++) {
        store.engine.maintain();
      }
      store.write("k=2");
      store.settle();
      assertThat(store.get("k")).as("after %d slices", slices).isEqualTo("2");
    }
  }

  @Test
  void nutsdb_392_what_was_committed_between_a_merges_read_and_its_write_stays() {
    for (int slices = 0; slices < 12; slices++) {
      Sealed store = new Sealed();
      store.file("k=1", "l=1", "d=" + large(1)).file("d=2");
      for (int i = 0; i < slices; i++) {
        store.engine.maintain();
      }
      store.file("k=2", "l");
      store.settle();
      assertThat(store.reopenFromData().all()).containsExactly("d=2", "k=2");
    }
  }

  @Test
  void bitcask_fa7c52c_a_clock_that_goes_back_decides_nothing() {
    MemoryDisk disk = new MemoryDisk();
    AtomicLong clock = new AtomicLong(1_000_000);
    for (int i = 1; i <= 5; i++) {
      Bitcask engine =
          Bitcask.open(
              disk,
              "store",
              Sealed.OPTIONS,
              BitcaskRules.DEFAULT,
              new SplitMix(1),
              clock::get,
              Trace.NONE);
      engine.write(new WriteBatch().put(Sealed.bytes("k"), Sealed.bytes("v" + i)), i);
      engine.seal();
      engine.close();
      disk.remove("store/index");
      clock.addAndGet(-100_000);
    }
    assertThat(new Sealed(disk, Sealed.OPTIONS).get("k")).isEqualTo("v5");
  }

  @Test
  void bitcask_860eb0d_a_read_of_what_has_expired_removes_nothing_that_is_newer() {
    AtomicLong clock = new AtomicLong(1000);
    MemoryDisk disk = new MemoryDisk();
    Bitcask engine =
        Bitcask.open(
            disk,
            "store",
            Sealed.OPTIONS,
            BitcaskRules.DEFAULT,
            new SplitMix(1),
            clock::get,
            Trace.NONE);
    byte[] key = Sealed.bytes("k");
    engine.write(new WriteBatch().put(key, Sealed.bytes("1"), 2000), 1);
    clock.set(3000);
    assertThat(engine.get(key)).isNull();
    engine.write(new WriteBatch().put(key, Sealed.bytes("2")), 2);
    assertThat(engine.get(key)).isEqualTo(Sealed.bytes("2"));
    engine.seal();
    while (engine.maintain()) {
      assertThat(engine.get(key)).isEqualTo(Sealed.bytes("2"));
    }
    engine.close();
    disk.remove("store/index");
    assertThat(new Sealed(disk, Sealed.OPTIONS).get("k")).isEqualTo("2");
  }

  @Test
  void rosedb_258_all_keys_deleted_and_merged_stay_away() {
    Sealed store = new Sealed();
    for (int file = 0; file < 4; file++) {
      store.file("a" + file + "=1", "b" + file + "=1");
    }
    store.settle();
    for (int file = 0; file < 4; file++) {
      store.file("a" + file, "b" + file);
    }
    store.settle();
    assertThat(store.all()).isEmpty();
    assertThat(store.reopen().all()).isEmpty();
    assertThat(store.reopenFromData().all()).isEmpty();
  }

  @Test
  void badger_2286_a_tombstone_outlives_the_copy_of_what_it_hides() {
    for (int slices = 0; slices < 16; slices++) {
      Sealed store = new Sealed();
      store.file("k=1", "a=1", "d=" + large(1)).file("d=2", "e=" + large(1));
      for (int i = 0; i < slices; i++) {
        store.engine.maintain();
      }
      store.file("k", "e=2").file("f=1");
      store.settle();
      store.file("f=2").file("g=1").settle();
      assertThat(store.get("k")).isNull();
      assertThat(store.reopenFromData().get("k")).as("after %d slices", slices).isNull();
    }
  }

  @Test
  void badger_12dea02_what_is_overwritten_in_memory_alone_is_not_merged_away() {
    Sealed store = new Sealed();
    store.file("k=1", "l=1", "d=" + large(1)).sync();
    store.write("k=2", "l", "d=2");
    store.settle();
    store.powerLoss();
    assertThat(store.all()).isIn(List.of("d=2", "k=2"), List.of("d=" + large(1), "k=1", "l=1"));
  }

  @Test
  void halodb_a_delete_that_cannot_be_written_leaves_the_key_where_it_was() {
    Sealed store = new Sealed();
    store.file("k=1");
    store.disk.fault =
        (operation, path) -> operation.equals("append") ? DiskException.Kind.NO_SPACE : null;
    assertThatThrownBy(() -> store.write("k")).isInstanceOf(DiskException.class);
    store.disk.fault = (operation, path) -> null;
    assertThat(store.get("k")).isEqualTo("1");
    assertThat(store.reopen().get("k")).isEqualTo("1");
  }
}
