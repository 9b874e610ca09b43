package dev.nucleusdb.bitcask;

import static dev.nucleusdb.bitcask.Sealed.bytes;
import static dev.nucleusdb.bitcask.Sealed.large;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.disk.CorruptionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What folds and gets of other engines showed once that was not there; each test is named after
/// the report.
class ViewIncidentsTest {

  private static List<String> all(OrderedSnapshot view) {
    List<String> all = new ArrayList<>();
    view.scan(
        new byte[0], null, (k, v) -> all.add(new String(k, UTF_8) + "=" + new String(v, UTF_8)));
    return all;
  }

  @Test
  void bitcask_de71701_a_view_shows_what_was_although_a_merge_has_taken_the_files() {
    Sealed store = new Sealed();
    store.file("a=1", "x=" + large(1)).file("b=1", "y=" + large(1)).file("x=2", "y=2");
    List<String> files = store.data();
    try (OrderedSnapshot view = store.engine.snapshot()) {
      store.write("a=2", "b", "x=3");
      store.settle();
      assertThat(store.data()).doesNotContainAnyElementsOf(files.subList(0, 2));
      assertThat(all(view)).containsExactly("a=1", "b=1", "x=2", "y=2");
    }
    assertThat(store.all()).containsExactly("a=2", "x=3", "y=2");
  }

  @Test
  void bitcask_091fea6_a_view_shows_the_batch_before_it_and_not_the_one_behind_it() {
    Sealed store = new Sealed();
    List<OrderedSnapshot> views = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      views.add(store.engine.snapshot());
      store.file("k%02d=%d".formatted(i, i), "last=" + i);
      store.engine.maintain();
    }
    for (int i = 0; i < 20; i++) {
      List<String> seen = all(views.get(i));
      assertThat(seen).hasSize(i == 0 ? 0 : i + 1);
      if (i > 0) {
        assertThat(seen).contains("last=" + (i - 1), "k%02d=%d".formatted(i - 1, i - 1));
      }
      views.get(i).close();
    }
  }

  @Test
  void bitcask_44b9a1b_a_view_that_is_opened_in_the_midst_of_a_merge_shows_one_moment() {
    for (int slices = 0; slices < 12; slices++) {
      Sealed store = new Sealed();
      store.file("a=1", "b=1", "x=" + large(1)).file("x=2");
      for (int i = 0; i < slices; i++) {
        store.engine.maintain();
      }
      store.write("a=2", "b=2");
      try (OrderedSnapshot view = store.engine.snapshot()) {
        store.write("a=3", "b=3");
        store.settle();
        assertThat(all(view)).as("after %d slices", slices).containsExactly("a=2", "b=2", "x=2");
      }
    }
  }

  @Test
  void bitcask_4e0a0ff_a_view_that_nobody_closes_stops_nothing() {
    Sealed store = new Sealed();
    store.file("k=0");
    OrderedSnapshot forgotten = store.engine.snapshot();
    for (int i = 1; i <= 60; i++) {
      store.file("k=" + i, "x=" + large(i)).settle();
    }
    assertThat(store.all()).containsExactly("k=60", "x=" + large(60));
    assertThat(store.engine.statistics().fileCount()).isLessThan(10);
    assertThat(all(forgotten)).containsExactly("k=0");
    assertThat(store.reopen().all()).containsExactly("k=60", "x=" + large(60));
  }

  @Test
  void bitcask_7501a34_a_scan_that_meets_damage_says_so_and_does_not_end_early() {
    Sealed store = new Sealed();
    store.file("a=1").file("b=1").file("c=1");
    String second = store.data().get(1);
    byte[] damaged = store.disk.bytes(second);
    damaged[48 + 16 + 20] ^= 1; // the key
    store.disk.overwrite(second, damaged);
    List<String> seen = new ArrayList<>();
    assertThatThrownBy(() ->
            store.engine.scan(new byte[0], null, (key, value) -> seen.add(new String(key, UTF_8))))
        .isInstanceOfSatisfying(
            CorruptionException.class, told -> assertThat(told.path()).isEqualTo(second));
    assertThat(seen).containsExactly("a");
    try (Fold fold = store.engine.fold()) {
      assertThatThrownBy(() -> fold.run((key, value) -> true))
          .isInstanceOf(CorruptionException.class);
    }
    assertThat(store.get("c")).isEqualTo("1");
  }

  @Test
  void halodb_a_get_checks_what_it_reads_and_a_file_that_is_too_short_is_told() {
    Sealed store = new Sealed();
    store.file("a=" + large(1), "b=" + large(2));
    String file = store.data().getFirst();
    byte[] whole = store.disk.bytes(file);
    for (int length = 48; length < whole.length - 150; length += 13) {
      store.disk.overwrite(file, Arrays.copyOf(whole, length));
      for (String key : List.of("a", "b")) {
        try {
          assertThat(store.get(key)).isEqualTo(large(key.equals("a") ? 1 : 2));
        } catch (CorruptionException told) {
          assertThat(told.path()).isEqualTo(file);
        }
      }
      assertThatThrownBy(() -> store.get("b")).isInstanceOf(CorruptionException.class);
    }
  }

  @Test
  void commonware_4260_another_record_that_is_whole_is_not_read_for_the_one_that_is_meant() {
    Sealed store = new Sealed();
    store.write("a=1", "x=1").write("b=2", "x=2");
    String file = store.data().getFirst();
    byte[] bytes = store.disk.bytes(file);
    int frame = (bytes.length - 48) / 2;
    System.arraycopy(bytes, 48, bytes, 48 + frame, frame);
    store.disk.overwrite(file, bytes);
    assertThat(store.get("a")).isEqualTo("1");
    assertThatThrownBy(() -> store.engine.get(bytes("b"))).isInstanceOf(CorruptionException.class);
    assertThatThrownBy(() -> store.engine.get(bytes("x"))).isInstanceOf(CorruptionException.class);
  }
}
