package dev.nucleusdb.bitcask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A scan tells the files what it will read, before it does.
class ReadAheadTest {
  private static final int KEYS = 200;

  private final Sealed store = new Sealed();

  /// What is read, and what was said before, in the order in which it happens.
  private final List<String> reads = new ArrayList<>();

  @BeforeEach
  void fill() {
    for (int i = 0; i < KEYS; i++) {
      store.write("k%03d=%d".formatted(i * 7 % KEYS, i));
    }
  }

  private Set<String> hinted() {
    return new TreeSet<>(store.disk.hints);
  }

  private OrderedSnapshot.Iterator at(OrderedSnapshot view, String key) {
    OrderedSnapshot.Iterator iterator = view.iterator();
    assertThat(iterator.seek(Sealed.bytes(key))).isTrue();
    return iterator;
  }

  @Test
  void a_scan_tells_of_each_record_once_but_the_first_few() {
    assertThat(store.all()).hasSize(KEYS);
    assertThat(store.disk.hints).isEmpty();
    try (OrderedSnapshot view = store.engine.snapshot()) {
      view.scan(new byte[0], null, (key, value) -> reads.add("read"));
    }
    assertThat(reads).hasSize(KEYS);
    assertThat(hinted()).hasSize(store.disk.hints.size()).hasSizeBetween(KEYS - 5, KEYS);
  }

  @Test
  void a_record_is_told_of_before_it_is_read() {
    try (OrderedSnapshot view = store.engine.snapshot()) {
      OrderedSnapshot.Iterator iterator = at(view, "k000");
      for (int moved = 1; iterator.next(); moved++) {
        int told = store.disk.hints.size();
        assertThat(told).isBetween(moved < 5 ? 0 : moved - 4, moved + 32);
      }
    }
  }

  @Test
  void backwards_too() {
    try (OrderedSnapshot view = store.engine.snapshot()) {
      int[] count = new int[1];
      view.scanBackwards(new byte[0], null, (key, value) -> ++count[0] > 0);
      assertThat(count[0]).isEqualTo(KEYS);
    }
    assertThat(hinted()).hasSize(store.disk.hints.size()).hasSizeBetween(KEYS - 6, KEYS);
  }

  @Test
  void a_seek_begins_anew_from_where_it_leads() {
    try (OrderedSnapshot view = store.engine.snapshot()) {
      OrderedSnapshot.Iterator iterator = at(view, "k000");
      for (int i = 0; i < 10; i++) {
        assertThat(iterator.next()).isTrue();
      }
      assertThat(store.disk.hints).hasSize(32);
      Set<String> near = hinted();
      store.disk.hints.clear();
      assertThat(iterator.seek(Sealed.bytes("k100"))).isTrue();
      for (int i = 0; i < 10; i++) {
        assertThat(iterator.next()).isTrue();
      }
      assertThat(store.disk.hints).hasSize(32).doesNotContainAnyElementsOf(near);
    }
  }

  @Test
  void who_gets_single_keys_tells_of_nothing() {
    try (OrderedSnapshot view = store.engine.snapshot()) {
      for (int i = 0; i < KEYS; i++) {
        assertThat(view.get(Sealed.bytes("k%03d".formatted(i)))).isNotNull();
      }
    }
    assertThat(store.disk.hints).isEmpty();
  }
}
