package dev.nucleusdb.bitcask.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// An index that is loaded in order is the one that puts make, and lives on like it.
class LoaderProperties {

  @Property(tries = 60, seed = "1", shrinking = ShrinkingMode.OFF)
  void a_loaded_index_is_the_one_that_puts_make(
      @ForAll long seed, @ForAll Keys family, @ForAll boolean ordered) {
    RandomSource random = new SplitMix(seed);
    int numbers = random.nextInt(family == Keys.VERY_LONG ? 300 : 1 << random.nextInt(14));
    TreeMap<byte[], Long> expected = new TreeMap<>(Bytes.ORDER);
    for (int i = 0; i < numbers; i++) {
      expected.put(family.draw(random, numbers), 8L * random.nextInt(1 << 20));
    }
    Keydir put = ordered ? new OrderedTree() : new HashKeydir(1, 2);
    expected.forEach(put::put);
    Keydir loaded = load(ordered ? new OrderedTree() : new HashKeydir(1, 2), expected);

    assertThat(loaded.size()).isEqualTo(expected.size());
    assertSame(loaded, put, family, numbers);
    try (Keydir.View before = loaded.view()) {
      List<Long> places = shown(before);
      for (int i = 0; i < 2 * numbers; i++) {
        byte[] key = family.draw(random, numbers);
        long place = 8L * random.nextInt(1 << 20);
        boolean puts = random.chance(i < numbers ? 0.3 : 0.7);
        assertThat(puts ? loaded.put(key, place) : loaded.remove(key))
            .isEqualTo(puts ? put.put(key, place) : put.remove(key));
      }
      assertSame(loaded, put, family, numbers);
      assertThat(shown(before)).isEqualTo(places);
    }
  }

  private static Keydir load(Keydir index, Map<byte[], Long> entries) {
    Keydir.Loader loader = index.loader();
    byte[] reused = new byte[70 << 10];
    entries.forEach((key, place) -> {
      System.arraycopy(key, 0, reused, 0, key.length);
      loader.add(reused, key.length, place);
    });
    loader.finish();
    return index;
  }

  private static void assertSame(Keydir index, Keydir other, Keys family, int numbers) {
    assertThat(index.size()).isEqualTo(other.size());
    for (int i = 0; i < numbers; i++) {
      assertThat(index.get(family.key(i))).isEqualTo(other.get(family.key(i)));
    }
    try (Keydir.View view = index.view();
        Keydir.View otherView = other.view()) {
      assertThat(shown(view)).isEqualTo(shown(otherView));
    }
    if (index instanceof OrderedKeydir ordered) {
      assertThat(backwards(ordered)).isEqualTo(backwards((OrderedKeydir) other));
    }
  }

  private static List<Long> shown(Keydir.View view) {
    List<Long> places = new ArrayList<>();
    view.forEach(places::add);
    return places;
  }

  private static List<Long> backwards(OrderedKeydir index) {
    List<Long> places = new ArrayList<>();
    OrderedKeydir.Cursor cursor = index.cursor();
    for (boolean more = cursor.seekLast(null); more; more = cursor.previous()) {
      places.add(cursor.place());
    }
    return places;
  }

  @Example
  void pages_of_three_levels_are_well_filled_and_take_some_more() {
    TreeMap<byte[], Long> entries = new TreeMap<>(Bytes.ORDER);
    for (int i = 0; i < 200_000; i++) {
      entries.put(Keys.RANDOM.key(i), 8L * i);
    }
    OrderedTree loaded = new OrderedTree();
    load(loaded, entries);
    entries.forEach((key, place) -> assertThat(loaded.get(key)).isEqualTo(place));
    List<Long> inOrder = List.copyOf(entries.values());
    try (Keydir.View view = loaded.view()) {
      assertThat(shown(view)).isEqualTo(inOrder);
    }
    assertThat(backwards(loaded)).isEqualTo(inOrder.reversed());
    assertThat((double) loaded.memoryBytes() / loaded.size()).isBetween(26.0, 34.0);
    for (int i = 200_000; i < 204_000; i++) {
      loaded.put(Keys.RANDOM.key(i), 8L * i);
    }
    assertThat((double) loaded.memoryBytes() / loaded.size()).isLessThan(34.0);
  }

  @Example
  void only_an_empty_index_is_loaded() {
    for (Keydir index : List.of(new OrderedTree(), new HashKeydir(1, 2))) {
      index.put(new byte[] {1}, 8);
      assertThatThrownBy(index::loader).hasMessageContaining("empty");
    }
  }
}
