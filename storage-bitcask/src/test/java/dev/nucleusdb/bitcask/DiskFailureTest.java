package dev.nucleusdb.bitcask;

import static dev.nucleusdb.bitcask.DamageTest.key;
import static dev.nucleusdb.bitcask.DamageTest.open;
import static dev.nucleusdb.bitcask.DamageTest.value;
import static dev.nucleusdb.bitcask.DamageTest.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskException.Kind;
import dev.nucleusdb.core.storage.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiskFailureTest {
  private static final BitcaskOptions SMALL =
      BitcaskOptions.DEFAULT.withSegmentSizeBytes(230).withMerge(0.5, 100, 4);

  private final MemoryDisk disk = new MemoryDisk();

  @Test
  void a_full_disk_refuses_the_batch_and_leaves_nothing_of_it() {
    Bitcask engine = open(disk, BitcaskOptions.DEFAULT, BitcaskRules.DEFAULT);
    write(engine, 1);
    for (int partial = 0; partial < 120; partial += 7) {
      disk.partialBytes = partial;
      failNext("append", Kind.NO_SPACE);
      assertThatThrownBy(() -> write(engine, 2)).matches(e -> kind(e) == Kind.NO_SPACE);
      assertThat(engine.appliedIndex()).isEqualTo(1);
      assertThat(engine.get(key(2))).isNull();
      assertThat(engine.get(key(1))).isEqualTo(value(1));
    }
    write(engine, 2);
    engine.close();
    assertThat(open(disk, BitcaskOptions.DEFAULT, BitcaskRules.DEFAULT).get(key(2)))
        .isEqualTo(value(2));
  }

  @Test
  void a_full_disk_at_any_step_of_a_roll_leaves_the_store_as_it_was() {
    for (String operation : List.of("create", "append", "syncDirectory")) {
      for (int nth = 1; nth <= 3; nth++) {
        if (operation.equals("syncDirectory") && nth > 1) {
          continue; // from the second on the manifest has its name
        }
        MemoryDisk fresh = new MemoryDisk();
        Bitcask engine = open(fresh, SMALL, BitcaskRules.DEFAULT);
        write(engine, 1);
        write(engine, 2);
        failNth(fresh, operation, Kind.NO_SPACE, nth);
        for (int i = 3; i <= 12; i++) {
          writeAgainIfFull(engine, i);
        }
        engine.close();
        Bitcask reopened = open(fresh, SMALL, BitcaskRules.DEFAULT);
        assertThat(reopened.statistics().keyCount()).isEqualTo(12);
        assertThat(fresh.paths())
            .filteredOn(path -> path.contains("data-") || path.endsWith(".new"))
            .hasSize(reopened.statistics().fileCount());
      }
    }
  }

  @Test
  void a_manifest_that_has_its_name_is_not_taken_back_for_want_of_space() {
    Bitcask engine = open(disk, SMALL, BitcaskRules.DEFAULT);
    write(engine, 1);
    write(engine, 2);
    failNth(disk, "syncDirectory", Kind.NO_SPACE, 2);
    assertThatThrownBy(() -> write(engine, 3)).matches(e -> kind(e) == Kind.IO);
    assertThatThrownBy(() -> write(engine, 3)).matches(e -> kind(e) == Kind.IO);
    assertThat(open(disk, SMALL, BitcaskRules.DEFAULT).get(key(2))).isEqualTo(value(2));
  }

  @Test
  void an_input_that_cannot_be_removed_for_want_of_space_is_left_to_the_next_open() {
    Bitcask engine = open(disk, SMALL, BitcaskRules.DEFAULT);
    for (int i = 1; i <= 20; i++) {
      engine.write(new WriteBatch().put(key(i % 3), value(i)).put(key(100 + i % 5), value(i)), i);
    }
    disk.fault =
        (operation, path) ->
            operation.equals("delete") && !path.endsWith(".new") ? Kind.NO_SPACE : null;
    while (engine.maintain()) {
      assertThat(engine.get(key(2))).isEqualTo(value(20));
    }
    assertThat(engine.get(key(100))).isEqualTo(value(20));
    disk.fault = (operation, path) -> null;
    engine.close();
    Bitcask reopened = open(disk, SMALL, BitcaskRules.DEFAULT);
    assertThat(disk.paths())
        .filteredOn(path -> path.contains("data-"))
        .hasSize(reopened.statistics().fileCount());
    assertThat(reopened.get(key(100))).isEqualTo(value(20));
  }

  @Test
  void an_append_that_cannot_be_taken_back_stops_the_store_for_writes_and_not_for_reads() {
    Bitcask engine = open(disk, SMALL, BitcaskRules.DEFAULT);
    write(engine, 1);
    disk.partialBytes = 20;
    disk.fault =
        (operation, path) ->
            switch (operation) {
              case "append" -> Kind.NO_SPACE;
              case "truncate" -> Kind.IO;
              default -> null;
            };
    assertThatThrownBy(() -> write(engine, 2)).matches(e -> kind(e) == Kind.IO);
    disk.fault = (operation, path) -> null;
    assertThatThrownBy(() -> write(engine, 2)).matches(e -> kind(e) == Kind.IO);
    assertThat(engine.get(key(1))).isEqualTo(value(1));
    disk.crash(null);
    assertThat(open(disk, SMALL, BitcaskRules.DEFAULT).appliedIndex()).isLessThanOrEqualTo(1);
  }

  @Test
  void a_failed_sync_is_told_and_never_tried_again() {
    Bitcask engine = open(disk, SMALL, BitcaskRules.DEFAULT);
    write(engine, 1);
    List<Kind> failures = new ArrayList<>();
    failNext("sync", Kind.IO);
    engine.sync(failure -> failures.add(failure == null ? null : failure.kind()));
    disk.completeSyncs();
    assertThat(failures).containsExactly(Kind.IO);
    assertThat(engine.durableIndex()).isZero();
    engine.sync(failure -> failures.add(failure == null ? null : failure.kind()));
    disk.completeSyncs();
    assertThat(failures).containsExactly(Kind.IO, Kind.IO);
    assertThatThrownBy(() -> write(engine, 2)).isInstanceOf(DiskException.class);
    assertThatThrownBy(engine::close).isInstanceOf(DiskException.class);
    assertThat(engine.durableIndex()).isZero();
  }

  @Test
  void a_failed_sync_of_a_file_that_is_to_be_sealed_stops_the_store_whatever_the_reason() {
    for (Kind kind : List.of(Kind.NO_SPACE, Kind.IO)) {
      MemoryDisk fresh = new MemoryDisk();
      Bitcask engine = open(fresh, SMALL, BitcaskRules.DEFAULT);
      write(engine, 1);
      write(engine, 2);
      failNth(fresh, "syncNow", kind, 1);
      assertThatThrownBy(() -> write(engine, 3)).matches(e -> kind(e) == Kind.IO);
      assertThatThrownBy(() -> write(engine, 3)).matches(e -> kind(e) == Kind.IO);
      assertThat(engine.appliedIndex()).isEqualTo(2);
      assertThat(engine.durableIndex()).isZero();
      assertThat(engine.get(key(2))).isEqualTo(value(2));
    }
  }

  @Test
  void a_merge_on_a_full_disk_is_given_up_and_done_later() {
    Bitcask engine = open(disk, SMALL, BitcaskRules.DEFAULT);
    for (int i = 1; i <= 30; i++) {
      engine.write(new WriteBatch().put(key(i % 3), value(i)).put(key(100 + i), value(i)), i);
    }
    for (int i = 31; i <= 50; i++) {
      engine.write(new WriteBatch().delete(key(70 + i)), i);
    }
    int files = engine.statistics().fileCount();
    disk.fault = (operation, path) -> operation.equals("append") ? Kind.NO_SPACE : null;
    assertThat(engine.maintain()).isTrue();
    for (int i = 0; i < 100 && engine.maintain(); i++) {
      assertThat(engine.statistics().fileCount()).isGreaterThanOrEqualTo(1);
    }
    assertThat(disk.paths())
        .filteredOn(path -> path.contains("data-") || path.endsWith(".new"))
        .hasSize(engine.statistics().fileCount());
    disk.fault = (operation, path) -> null;
    while (engine.maintain()) {
      assertThat(engine.appliedIndex()).isEqualTo(50);
    }
    assertThat(engine.statistics().fileCount()).isLessThan(files);
    assertThat(engine.get(key(121))).isEqualTo(value(21));
  }

  @Test
  void merging_gives_space_back_and_comes_to_an_end() {
    Bitcask engine = open(disk, SMALL, BitcaskRules.DEFAULT);
    for (int i = 1; i <= 2000; i++) {
      WriteBatch batch = new WriteBatch();
      engine.write(i % 3 == 0 ? batch.delete(key(i % 40)) : batch.put(key(i % 40), value(i)), i);
    }
    long before = engine.statistics().diskBytes();
    int slices = 0;
    while (engine.maintain()) {
      assertThat(++slices).isLessThan(100_000);
    }
    assertThat(engine.statistics().diskBytes()).isLessThan(before / 5);
    engine.close();
    Bitcask reopened = open(disk, SMALL, BitcaskRules.DEFAULT);
    assertThat(reopened.maintain()).isFalse();
    assertThat(reopened.appliedIndex()).isEqualTo(2000);
  }

  @Test
  void merging_comes_to_an_end_while_a_replacement_is_gathered() {
    Bitcask engine = open(disk, SMALL.withMerge(0.2, 100, 4), BitcaskRules.DEFAULT);
    try (var replacement = engine.replace()) {
      replacement.add(new WriteBatch().put(key(1), value(1)));
      for (int i = 1; i <= 12; i++) {
        WriteBatch batch = new WriteBatch();
        engine.write(i % 2 == 0 ? batch.delete(key(100 + i)) : batch.put(key(i), value(i)), i);
      }
      int slices = 0;
      while (engine.maintain()) {
        assertThat(++slices).isLessThan(1_000);
      }
    }
    while (engine.maintain()) {
      assertThat(engine.appliedIndex()).isEqualTo(12);
    }
    assertThat(engine.statistics().keyCount()).isEqualTo(6);
  }

  @Test
  void a_store_of_which_everything_was_deleted_shrinks_to_nothing_and_keeps_its_index() {
    Bitcask engine = open(disk, SMALL, BitcaskRules.DEFAULT);
    for (int i = 1; i <= 50; i++) {
      write(engine, i);
    }
    for (int i = 1; i <= 50; i++) {
      engine.write(new WriteBatch().delete(key(i)), 50 + i);
    }
    while (engine.maintain()) {
      assertThat(engine.statistics().keyCount()).isZero();
    }
    assertThat(engine.statistics().fileCount()).isEqualTo(1);
    engine.close();
    Bitcask reopened = open(disk, SMALL, BitcaskRules.DEFAULT);
    assertThat(reopened.appliedIndex()).isEqualTo(100);
    assertThat(reopened.statistics().keyCount()).isZero();
    assertThat(reopened.get(key(1))).isNull();
  }

  private static void writeAgainIfFull(Bitcask engine, int i) {
    try {
      write(engine, i);
    } catch (DiskException full) {
      assertThat(full.kind()).isEqualTo(Kind.NO_SPACE);
      assertThat(engine.appliedIndex()).isEqualTo(i - 1);
      write(engine, i);
    }
  }

  private void failNext(String failing, Kind kind) {
    failNth(disk, failing, kind, 1);
  }

  private static void failNth(MemoryDisk disk, String failing, Kind kind, int nth) {
    int[] left = {nth};
    disk.fault = (operation, path) -> operation.equals(failing) && left[0]-- == 1 ? kind : null;
  }

  private static Kind kind(Throwable thrown) {
    return ((DiskException) thrown).kind();
  }
}
