package dev.nucleusdb.bitcask;

import static dev.nucleusdb.bitcask.Sealed.bytes;
import static dev.nucleusdb.bitcask.Sealed.large;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.bitcask.MemoryDisk.PowerLoss;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.Disk.OpenMode;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.core.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What merges of other engines did once to files, to space and to each other; each test is named
/// after the report.
class MergeIncidentsTest {

  /// Three files of which two are worth a merge.
  private static Sealed half() {
    Sealed store = new Sealed();
    store.file("a=1", "b=1", "x=" + large(1)).file("c=1", "d=1", "y=" + large(1));
    return store.file("x=2", "y=2");
  }

  private static final List<String> ALL = List.of("a=1", "b=1", "c=1", "d=1", "x=2", "y=2");

  @Test
  void bitcask_956cec0_files_of_a_merge_that_did_not_come_to_its_end_stay() {
    Sealed store = half();
    List<String> before = store.data();
    byte[] second = store.disk.bytes(before.get(1));
    second[100] ^= 1;
    store.disk.overwrite(before.get(1), second);
    assertThatThrownBy(store::settle).isInstanceOf(CorruptionException.class);
    assertThat(store.data()).contains(before.get(1));
    second[100] ^= 1;
    store.disk.overwrite(before.get(1), second);
    assertThat(store.reopenFromData().all()).isEqualTo(ALL);
  }

  @Test
  void bitcask_47_a_merge_reads_the_files_that_the_manifest_names_and_no_other() {
    Sealed store = half();
    byte[] older = store.disk.bytes(store.data().getFirst());
    for (int slices = 0; store.engine.maintain(); slices++) {
      String alien = "store/data-%010d.bitcask".formatted(900 + slices);
      store.disk.open(alien, OpenMode.CREATE).close();
      store.disk.overwrite(alien, older);
    }
    assertThat(store.all()).isEqualTo(ALL);
    assertThat(store.reopenFromData().all()).isEqualTo(ALL);
  }

  /// No incident: what merges of this store leave to whoever lets others write meanwhile.
  @Test
  void others_write_and_read_while_an_output_is_made_durable_and_while_an_input_is_removed() {
    Sealed store = half();
    int files = store.data().size();
    List<Integer> gone = new ArrayList<>();
    store.engine.stepAsideBy(work -> {
      store.write("a=" + gone.size());
      assertThat(store.all()).contains("a=" + gone.size(), "d=1", "y=2");
      int before = store.data().size();
      work.run();
      gone.add(before - store.data().size());
      store.write("z=" + gone.size());
    });
    store.settle();
    assertThat(gone).as("an output, two inputs").containsSubsequence(0, 1, 1);
    assertThat(store.data()).hasSizeLessThan(files + 1);
    List<String> expected =
        List.of("a=" + (gone.size() - 1), "b=1", "c=1", "d=1", "x=2", "y=2", "z=" + gone.size());
    assertThat(store.all()).isEqualTo(expected);
    assertThat(store.reopenFromData().all()).isEqualTo(expected);
  }

  @Test
  void bitcask_a7b0c1d_an_overwrite_writes_its_record_and_no_tombstone() {
    Sealed store = new Sealed();
    for (int i = 0; i < 50; i++) {
      store.write("k=" + i);
    }
    StoreReport report = store.engine.report();
    assertThat(report.files()).allMatch(file -> file.tombstoneBytes() == 0);
    assertThat(report.files().stream().mapToLong(StoreReport.DataFile::entryCount).sum())
        .isEqualTo(50);
  }

  @Test
  void bitcask_95_a_store_can_be_opened_for_reading_at_any_moment_of_a_merge() {
    Sealed store = half();
    boolean more = true;
    while (more) {
      Bitcask reader =
          Bitcask.openReadOnly(store.disk, "store", Sealed.OPTIONS, () -> 0, Trace.NONE);
      assertThat(reader.get(bytes("a"))).isEqualTo(bytes("1"));
      assertThat(reader.get(bytes("x"))).isEqualTo(bytes("2"));
      more = store.engine.maintain();
    }
  }

  @Test
  void bitcask_205_a_file_is_not_merged_again_and_again() {
    Sealed store = half().settle();
    long written = store.engine.report().mergedBytes();
    assertThat(written).isPositive();
    for (int i = 0; i < 100; i++) {
      assertThat(store.engine.maintain()).isFalse();
    }
    assertThat(store.engine.report().mergedBytes()).isEqualTo(written);
    assertThat(store.reopen().settle().engine.report().mergedBytes()).isZero();
  }

  /// Runs a merge of a copy of the store until the power fails at an effect on the disk.
  ///
  /// @return whether the merge did not come so far
  private static boolean lifeEndsAt(int effect, boolean all) {
    Sealed store = half().sync();
    int[] left = {effect};
    store.disk.fault =
        (operation, path) -> {
          if (!operation.equals("read") && left[0]-- == 0) {
            throw new PowerLoss(operation);
          }
          return null;
        };
    boolean finished = false;
    try {
      store.settle();
      finished = true;
    } catch (PowerLoss loss) {
      left[0] = -1;
    }
    store.disk.fault = (operation, path) -> null;
    store.disk.crash(all ? null : new SplitMix(effect));
    Sealed after = new Sealed(store.disk, Sealed.OPTIONS);
    assertThat(after.all()).as("the power fails at effect %d", effect).isEqualTo(ALL);
    assertThat(after.settle().reopenFromData().all()).isEqualTo(ALL);
    return finished;
  }

  @Test
  void rosedb_merge_a_power_loss_takes_nothing_although_the_inputs_are_gone() {
    int effect = 0;
    while (!lifeEndsAt(effect, true)) {
      effect++;
    }
    assertThat(effect).isGreaterThan(10);
  }

  @Test
  void rosedb_342_a_crash_within_the_change_of_files_leaves_the_old_ones_or_the_new_ones() {
    int effect = 0;
    while (!lifeEndsAt(effect, false)) {
      effect++;
    }
    assertThat(effect).isGreaterThan(10);
  }

  @Test
  void rosedb_242_a_second_merge_and_a_third_leave_a_store_that_opens() {
    Sealed store = half();
    for (int round = 3; round < 8; round++) {
      store.settle().reopen();
      store.file("x=" + round, "b=" + large(round)).file("b=1");
      store.settle().reopenFromData();
      assertThat(store.get("x")).isEqualTo(Integer.toString(round));
      assertThat(store.get("b")).isEqualTo("1");
    }
  }

  @Test
  void nutsdb_77_a_merge_gives_space_and_handles_back() {
    Sealed store = half();
    long before = store.engine.statistics().diskBytes();
    store.settle();
    assertThat(store.engine.statistics().diskBytes()).isLessThan(before * 2 / 3);
    assertThat(store.disk.openHandles()).isEqualTo(store.engine.statistics().fileCount());
    assertThat(store.data()).hasSize(store.engine.statistics().fileCount());
  }

  @Test
  void halodb_a_merge_that_failed_is_done_later() {
    Sealed store = half();
    long before = store.engine.statistics().diskBytes();
    store.disk.fault =
        (operation, path) -> operation.equals("create") ? DiskException.Kind.NO_SPACE : null;
    for (int i = 0; i < 20; i++) {
      store.engine.maintain();
    }
    assertThat(store.engine.statistics().diskBytes()).isEqualTo(before);
    store.disk.fault = (operation, path) -> null;
    store.settle();
    assertThat(store.engine.statistics().diskBytes()).isLessThan(before * 2 / 3);
    assertThat(store.all()).isEqualTo(ALL);
  }

  @Test
  void halodb_transfer_every_record_of_an_input_is_in_the_output_whole() {
    Sealed store = new Sealed(new MemoryDisk(), Sealed.OPTIONS.withMerge(0.3, 100, 4));
    List<String> records = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      records.add("k%02d=%s".formatted(i, "v".repeat(7 * i)));
    }
    store.file(records.toArray(String[]::new)).file("dead=" + "x".repeat(9000));
    store.file("dead=1");
    records.forEach(record -> store.write(record.substring(0, 3) + "z=1"));
    store.settle();
    List<String> all = new ArrayList<>(store.all());
    all.removeIf(record -> record.startsWith("dead") || record.endsWith("z=1"));
    assertThat(all).isEqualTo(records);
  }

  @Test
  void rocksdb_8_an_input_that_cannot_be_read_is_not_an_empty_one() {
    Sealed store = half();
    String first = store.data().getFirst();
    store.disk.fault =
        (operation, path) ->
            operation.equals("read") && path.equals(first) ? DiskException.Kind.IO : null;
    assertThatThrownBy(store::settle).isInstanceOf(DiskException.class);
    assertThat(store.data()).contains(first);
    store.disk.fault = (operation, path) -> null;
    assertThat(new Sealed(copyOf(store), Sealed.OPTIONS).all()).isEqualTo(ALL);
  }

  private static MemoryDisk copyOf(Sealed store) {
    store.disk.crash(null);
    return store.disk.copy();
  }

  @Test
  void h2_1504_a_merge_writes_to_new_files_alone() {
    Sealed store = half();
    List<String> before = store.data();
    List<String> written = new ArrayList<>();
    store.disk.fault =
        (operation, path) -> {
          if (operation.equals("append")) {
            written.add(path);
          }
          return null;
        };
    store.settle();
    assertThat(written).isNotEmpty().doesNotContainAnyElementsOf(before);
    store.disk.fault = (operation, path) -> null;
    store.engine.write(new WriteBatch().put(bytes("k"), bytes("v")), 100);
    assertThat(store.get("k")).isEqualTo("v");
  }
}
