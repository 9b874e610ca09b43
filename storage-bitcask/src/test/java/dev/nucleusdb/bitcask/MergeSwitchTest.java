package dev.nucleusdb.bitcask;

import static dev.nucleusdb.bitcask.Sealed.large;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.bitcask.MemoryDisk.PowerLoss;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Others write, and even begin a new file, while a merge is put in force.
class MergeSwitchTest {
  /// When others come between, and what they do.
  enum Others {
    WRITE,
    ROLL_BEFORE,
    ROLL_AFTER,
    ROLL_BEFORE_AND_AFTER
  }

  private static final List<String> KEPT = List.of("a=1", "b=1", "c=1", "d=1", "x=2", "y=2");

  /// Of the outputs' names, the manifest, and its names.
  private static final int COMINGS_MAX = 6;

  private final List<String> acknowledged = new ArrayList<>();

  /// The outputs are being named: what comes next is the switch.
  private boolean naming;

  private Sealed store(Others others) {
    acknowledged.clear();
    naming = false;
    Sealed store = new Sealed();
    store.file("a=1", "b=1", "x=" + large(1)).file("c=1", "d=1", "y=" + large(1));
    store.file("x=2", "y=2").sync();
    faults(store, (operation, path) -> null);
    store.engine.stepAsideBy(work -> {
      come(store, others == Others.ROLL_BEFORE || others == Others.ROLL_BEFORE_AND_AFTER);
      work.run();
      come(store, others == Others.ROLL_AFTER || others == Others.ROLL_BEFORE_AND_AFTER);
    });
    return store;
  }

  private void come(Sealed store, boolean roll) {
    if (!naming || acknowledged.size() == COMINGS_MAX) {
      return;
    }
    String record = "z%04d=1".formatted(acknowledged.size());
    store.write(record);
    if (roll) {
      store.engine.seal();
    } else {
      store.sync();
    }
    acknowledged.add(record);
  }

  /// Faults that strike from the naming of outputs on.
  private void faults(Sealed store, MemoryDisk.Fault fault) {
    store.disk.fault =
        (operation, path) -> {
          naming |= operation.equals("syncDirectory");
          return naming ? fault.before(operation, path) : null;
        };
  }

  private List<String> all() {
    List<String> all = new ArrayList<>(KEPT);
    all.addAll(acknowledged);
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void it_comes_to_its_end_and_nothing_is_lost(Others others) {
    Sealed store = store(others);
    List<String> inputs = store.data().subList(0, 2);
    store.settle();
    assertThat(store.all()).isEqualTo(all());
    assertThat(store.data()).doesNotContainAnyElementsOf(inputs);
    assertThat(store.data()).hasSize(store.engine.statistics().fileCount());
    assertThat(store.reopenFromData().all()).isEqualTo(all());
  }

  @ParameterizedTest
  @EnumSource
  void a_power_loss_at_any_effect_takes_nothing_that_was_durable(Others others) {
    for (int draw = 0; draw < 4; draw++) {
      int effect = 0;
      while (!endsAt(others, effect, draw == 0 ? null : new SplitMix(100L * draw + effect))) {
        effect++;
      }
      assertThat(effect).isGreaterThan(20);
    }
  }

  /// @return whether the merge did not come so far
  private boolean endsAt(Others others, int effect, @Nullable RandomSource random) {
    Sealed store = store(others);
    int[] left = {effect};
    faults(
        store,
        (operation, path) -> {
          if (!operation.equals("read") && left[0]-- == 0) {
            throw new PowerLoss(operation);
          }
          return null;
        });
    boolean finished = false;
    try {
      store.settle();
      finished = true;
    } catch (PowerLoss loss) {
      left[0] = -1;
    }
    store.disk.fault = (operation, path) -> null;
    store.disk.crash(random);
    Sealed after = new Sealed(store.disk, Sealed.OPTIONS);
    List<String> found = new ArrayList<>(after.all());
    found.removeIf(record -> record.equals("z%04d=1".formatted(acknowledged.size())));
    assertThat(found).as("%s, the power fails at effect %d", others, effect).isEqualTo(all());
    after.file("new=1").settle();
    assertThat(after.reopenFromData().all()).contains("new=1").containsAll(all());
    return finished;
  }

  @Test
  void who_rolls_before_the_names_are_durable_makes_them_so_first() {
    Sealed store = store(Others.ROLL_BEFORE);
    List<String> effects = new ArrayList<>();
    faults(
        store,
        (operation, path) -> {
          effects.add(operation + " " + path);
          return null;
        });
    store.settle();
    int renamed = effects.indexOf("rename store/manifest.twin.new");
    while (renamed >= 0) {
      List<String> after = effects.subList(renamed + 1, effects.size());
      int synced = after.indexOf("syncDirectory store");
      int created =
          after.indexOf(
              after.stream()
                  .filter(e -> e.startsWith("create store/data-"))
                  .findFirst()
                  .orElse(""));
      assertThat(synced).isNotNegative();
      assertThat(created < 0 || synced < created).isTrue();
      int next = after.indexOf("rename store/manifest.twin.new");
      renamed = next < 0 ? -1 : renamed + 1 + next;
    }
  }

  @Test
  void a_full_disk_while_the_manifest_is_prepared_gives_the_merge_up_and_it_is_done_later() {
    Sealed store = store(Others.WRITE);
    boolean[] full = new boolean[1];
    faults(
        store,
        (operation, path) -> {
          boolean fails = operation.equals("create") && path.endsWith("twin.new");
          full[0] |= fails;
          return fails ? DiskException.Kind.NO_SPACE : null;
        });
    while (!full[0]) {
      store.engine.maintain();
    }
    assertThat(store.disk.paths()).noneMatch(path -> path.endsWith(".new"));
    assertThat(store.all()).isEqualTo(all());
    store.disk.fault = (operation, path) -> null;
    store.settle();
    assertThat(store.reopenFromData().all()).isEqualTo(all());
  }

  @Test
  void a_manifest_that_may_not_be_durable_stops_the_store_and_removes_nothing() {
    Sealed store = store(Others.WRITE);
    List<String> inputs = store.data().subList(0, 2);
    boolean[] renamed = new boolean[1];
    faults(
        store,
        (operation, path) -> {
          renamed[0] |= operation.equals("rename");
          return renamed[0] && operation.equals("syncDirectory") ? DiskException.Kind.IO : null;
        });
    assertThatThrownBy(store::settle).isInstanceOf(DiskException.class);
    store.disk.fault = (operation, path) -> null;
    assertThatThrownBy(() -> store.write("late=1")).isInstanceOf(DiskException.class);
    assertThatThrownBy(store.engine::seal).isInstanceOf(DiskException.class);
    assertThat(store.data()).containsAll(inputs);
    assertThat(store.powerLoss().all()).isEqualTo(all());
  }
}
