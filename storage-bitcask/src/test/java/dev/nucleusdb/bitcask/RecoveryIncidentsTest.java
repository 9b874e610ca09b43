package dev.nucleusdb.bitcask;

import static dev.nucleusdb.bitcask.Sealed.bytes;
import static dev.nucleusdb.bitcask.Sealed.large;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.bitcask.MemoryDisk.PowerLoss;
import dev.nucleusdb.bitcask.index.Place;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.Disk.OpenMode;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.trace.Trace;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What other engines did once when they were opened, or when the power failed before; each test is
/// named after the report.
class RecoveryIncidentsTest {
  private static final int READ_AHEAD_BYTES = 64 * 1024;

  @Test
  void bitcask_e3ae214_a_file_as_long_as_what_is_read_at_once_is_read_to_its_end() {
    for (int length = READ_AHEAD_BYTES - 700; length < READ_AHEAD_BYTES + 100; length += 8) {
      Sealed store = new Sealed();
      store.write("a=1", "b=" + "x".repeat(length)).write("c=1");
      assertThat(store.reopenFromData().get("c")).as("a value of %d bytes", length).isEqualTo("1");
      assertThat(store.get("b")).hasSize(length);
      store.engine.seal();
      assertThat(store.reopenFromData().get("c")).isEqualTo("1");
    }
  }

  @Test
  void bitcask_136_an_empty_file_that_is_the_newest_stops_nobody() {
    Sealed store = new Sealed();
    store.file("a=1");
    store.engine.close();
    for (int id = 2; id < 8; id++) {
      String empty = "store/data-%010d.bitcask".formatted(id);
      if (!store.disk.exists(empty)) {
        store.disk.open(empty, OpenMode.CREATE).close();
      }
    }
    Sealed again = new Sealed(store.disk, Sealed.OPTIONS);
    again.file("b=1").file("c=1");
    assertThat(again.reopenFromData().all()).containsExactly("a=1", "b=1", "c=1");
  }

  @Test
  void bitcask_212_no_key_is_loaded_from_a_record_that_was_not_checked() {
    Sealed store = new Sealed();
    store.file("a=1", "b=1").file("c=1").settle();
    String file = store.data().getFirst();
    String hint = store.hints().getFirst();
    store.engine.close();
    store.disk.remove("store/index");
    byte[] record = store.disk.bytes(file);
    record[48 + 70] ^= 1;
    store.disk.overwrite(file, record);
    byte[] damaged = store.disk.bytes(hint);
    damaged[damaged.length - 1] ^= 1;
    store.disk.overwrite(hint, damaged);
    assertThatThrownBy(() -> new Sealed(store.disk, Sealed.OPTIONS))
        .isInstanceOfSatisfying(
            CorruptionException.class, told -> assertThat(told.path()).isEqualTo(file));
  }

  @Test
  void bitcask_171_a_hint_that_was_cut_is_not_believed() {
    forEachHint((whole, at) -> Arrays.copyOf(whole, at));
  }

  @Test
  void bitcask_58_a_hint_with_a_wrong_byte_is_not_believed() {
    forEachHint((whole, at) -> {
      byte[] wrong = whole.clone();
      wrong[at] ^= 0x20;
      return wrong;
    });
  }

  private interface Damage {
    byte[] of(byte[] whole, int at);
  }

  private static void forEachHint(Damage damage) {
    Sealed store = new Sealed();
    store.file("a=1", "b=1", "c=1").file("b").settle();
    List<String> all = List.of("a=1", "c=1");
    String hint = store.hints().getFirst();
    byte[] whole = store.disk.bytes(hint);
    for (int at = 0; at < whole.length; at++) {
      store.disk.overwrite(hint, damage.of(whole, at));
      assertThat(store.reopen().all()).as("damaged at %d", at).isEqualTo(all);
      store.settle();
    }
    assertThat(store.disk.bytes(hint)).as("and it is made anew").isEqualTo(whole);
  }

  @Test
  void bitcask_4862bf6_an_open_that_failed_leaves_nothing_in_the_way_of_the_next() {
    Sealed store = new Sealed();
    store.file("a=1").file("b=1");
    store.engine.close();
    store.disk.remove("store/index");
    for (int nth = 0; nth < 200; nth++) {
      int[] left = {nth};
      store.disk.fault = (operation, path) -> left[0]-- == 0 ? DiskException.Kind.IO : null;
      boolean failed = false;
      try {
        Bitcask.open(
                store.disk,
                "store",
                Sealed.OPTIONS,
                BitcaskRules.DEFAULT,
                new SplitMix(1),
                Trace.NONE)
            .close();
      } catch (DiskException | CorruptionException told) {
        failed = true;
      }
      store.disk.fault = (operation, path) -> null;
      assertThat(store.disk.openHandles()).as("handles after failure %d", nth).isZero();
      if (store.disk.exists("store/index")) {
        store.disk.remove("store/index");
      }
      Sealed after = new Sealed(store.disk, Sealed.OPTIONS);
      assertThat(after.all()).as("after failure %d", nth).containsExactly("a=1", "b=1");
      after.engine.close();
      store.disk.remove("store/index");
      if (!failed && left[0] > 0) {
        return;
      }
    }
  }

  @Test
  void bitcask_c174af6_no_handle_is_left_by_opens_recoveries_and_closes() {
    Sealed store = new Sealed();
    for (int round = 0; round < 20; round++) {
      store.file("k=" + round, "x=" + large(round)).write("l=" + round);
      store.disk.crash(new SplitMix(round));
      store = new Sealed(store.disk, Sealed.OPTIONS);
      assertThat(store.disk.openHandles()).isEqualTo(store.engine.statistics().fileCount());
      store.settle();
      assertThat(store.disk.openHandles()).isEqualTo(store.engine.statistics().fileCount());
      store.reopen();
    }
    store.engine.close();
    assertThat(store.disk.openHandles()).isZero();
  }

  @Test
  void bitcask_857c75f_places_are_wide_enough_for_the_largest_file() {
    long place = Place.of(Place.FILE_NUMBER_MAX, Place.OFFSET_MAX, 1L << 33, false);
    assertThat(Place.fileNumber(place)).isEqualTo(Place.FILE_NUMBER_MAX);
    assertThat(Place.offset(place))
        .isEqualTo(Place.OFFSET_MAX)
        .isGreaterThan(Integer.MAX_VALUE - 8);
    assertThat(Place.isSizeKnown(place)).isFalse();
  }

  @Test
  void rosedb_torn_and_prologic_411_a_torn_end_is_cut_and_the_store_opens() {
    for (String tail : List.of("\0\0\0\0\0\0\0\0", "\1\2\3\4\5\6\7", "x".repeat(300))) {
      Sealed store = new Sealed();
      store.write("a=1").sync();
      store.engine.close();
      store.disk.remove("store/index");
      String file = store.data().getFirst();
      byte[] whole = store.disk.bytes(file);
      byte[] torn = Arrays.copyOf(whole, whole.length + tail.length());
      System.arraycopy(bytes(tail), 0, torn, whole.length, tail.length());
      store.disk.overwrite(file, torn);
      for (int restart = 0; restart < 3; restart++) {
        Sealed again = new Sealed(store.disk, Sealed.OPTIONS);
        again.write("b=" + restart);
        assertThat(again.reopenFromData().all()).containsExactly("a=1", "b=" + restart);
        again.engine.close();
        store.disk.remove("store/index");
      }
    }
  }

  @Test
  void halodb_repair_a_crash_within_a_recovery_does_not_break_the_next() {
    for (int seed = 0; seed < 60; seed++) {
      Sealed store = new Sealed();
      store.file("a=1").write("b=1").sync().write("c=1");
      SplitMix random = new SplitMix(seed);
      store.disk.crash(random);
      for (int crash = 0; crash < 6; crash++) {
        int[] left = {random.nextInt(10)};
        store.disk.fault =
            (operation, path) -> {
              if (!operation.equals("read") && left[0]-- == 0) {
                throw new PowerLoss(operation);
              }
              return null;
            };
        try {
          new Sealed(store.disk, Sealed.OPTIONS);
        } catch (PowerLoss again) {
          assertThat(again).isNotNull();
        }
        store.disk.fault = (operation, path) -> null;
        store.disk.crash(random);
      }
      assertThat(new Sealed(store.disk, Sealed.OPTIONS).all()).contains("a=1", "b=1");
    }
  }

  @Test
  void badger_434_damage_with_good_data_behind_it_is_not_taken_for_the_end() {
    Sealed store = new Sealed();
    store.write("a=1").write("b=1").sync().write("c=1").sync();
    store.engine.close();
    store.disk.remove("store/index");
    String file = store.data().getFirst();
    byte[] bytes = store.disk.bytes(file);
    bytes[48 + 30] ^= 1;
    store.disk.overwrite(file, bytes);
    assertThatThrownBy(() -> new Sealed(store.disk, Sealed.OPTIONS))
        .isInstanceOf(CorruptionException.class);
    assertThat(store.disk.bytes(file)).as("nothing was cut").isEqualTo(bytes);
  }

  @Test
  void rocksdb_6963_a_read_that_fails_while_opening_is_not_the_end_of_the_log() {
    Sealed store = new Sealed();
    store.write("a=1").write("b=1").sync();
    store.engine.close();
    store.disk.remove("store/index");
    String file = store.data().getFirst();
    byte[] before = store.disk.bytes(file);
    store.disk.fault =
        (operation, path) ->
            operation.equals("read") && path.equals(file) ? DiskException.Kind.IO : null;
    assertThatThrownBy(() -> new Sealed(store.disk, Sealed.OPTIONS))
        .isInstanceOf(DiskException.class);
    store.disk.fault = (operation, path) -> null;
    assertThat(store.disk.bytes(file)).isEqualTo(before);
    assertThat(new Sealed(store.disk, Sealed.OPTIONS).all()).containsExactly("a=1", "b=1");
  }
}
