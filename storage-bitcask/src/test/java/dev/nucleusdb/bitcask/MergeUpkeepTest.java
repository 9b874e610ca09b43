package dev.nucleusdb.bitcask;

import static dev.nucleusdb.bitcask.Sealed.large;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// When merges begin, what they write, and that hints do not wait for their end.
class MergeUpkeepTest {
  private static final int HEAD_SEAL_AND_ONE_FRAME_BYTES = 48 + 120 + 40;

  /// Two files that are worth a merge, and one that is not.
  private static Sealed half() {
    Sealed store = new Sealed();
    store.file("a=1", "b=1", "x=" + large(1)).file("c=1", "d", "y=" + large(1));
    return store.file("x=2", "y=2");
  }

  private static String hintOf(String data) {
    return data.replace("data", "hint");
  }

  /// Slices until the first input of a merge is gone.
  private static void untilAnInputIsGone(Sealed store) {
    String first = store.data().getFirst();
    while (store.data().contains(first)) {
      assertThat(store.engine.maintain()).isTrue();
    }
  }

  @Test
  void what_a_merge_writes_has_its_hint_before_its_inputs_go() {
    Sealed store = half();
    String lastBefore = store.data().getLast();
    untilAnInputIsGone(store);
    List<String> outputs =
        store.data().stream().filter(path -> path.compareTo(lastBefore) > 0).toList();
    assertThat(outputs)
        .isNotEmpty()
        .allSatisfy(path -> assertThat(store.hints()).contains(hintOf(path)));
    assertThat(store.reopen().all()).containsExactly("a=1", "b=1", "c=1", "x=2", "y=2");
  }

  @Test
  void files_that_are_sealed_get_their_hints_while_a_merge_goes_on() {
    Sealed store = half();
    String first = store.data().getFirst();
    boolean any = false;
    while (store.data().contains(first)) {
      assertThat(store.engine.maintain()).isTrue();
      any |= store.hints().stream().anyMatch(path -> path.compareTo(hintOf(first)) <= 0);
    }
    assertThat(any).as("the first file had its hint before the merge was through").isTrue();
  }

  @Test
  void nothing_is_merged_before_so_much_of_all_is_dead_and_then_what_is_most_dead() {
    BitcaskOptions options = Sealed.OPTIONS.withMerge(0.5, 4096, 1);
    Sealed store = new Sealed(new MemoryDisk(), options);
    store.file("a=" + large(1), "k=" + "k".repeat(40)).file("b=" + large(1), "l=1");
    store.file("c=" + large(1)).file("d=" + large(1));
    List<String> files = store.data();
    store.file("a=2").file("b=2").settle();
    assertThat(store.data()).as("less than half of all is dead").containsAll(files.subList(0, 4));
    store.file("c=2").settle();
    assertThat(store.data())
        .as("one is wholly dead, of two others the one with more of it, and that is enough")
        .contains(files.get(0), files.get(3))
        .doesNotContain(files.get(1), files.get(2));
  }

  @Test
  void records_of_many_frames_stand_in_one_afterwards() {
    BitcaskOptions options = Sealed.OPTIONS.withMerge(0.3, 4096, 4);
    Sealed store = new Sealed(new MemoryDisk(), options);
    for (int i = 0; i < 10; i++) {
      store.write("a" + i + "=" + i);
    }
    store.file("x=" + large(1)).file("x=2").settle();
    StoreReport.DataFile merged =
        store.engine.report().files().stream()
            .filter(file -> !file.isActive() && file.liveBytes() > 100)
            .findFirst()
            .orElseThrow();
    long records = merged.liveBytes() + merged.deadBytes() + merged.tombstoneBytes();
    assertThat(merged.sizeBytes() - records).isEqualTo(HEAD_SEAL_AND_ONE_FRAME_BYTES);
  }
}
