package dev.nucleusdb.bitcask.index;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// An index is a map, and its views are what it was, whatever is done to it.
class IndexProperties {

  @Property(tries = 40, seed = "1", shrinking = ShrinkingMode.OFF)
  void a_hash_index_is_a_map(@ForAll long seed, @ForAll Keys family) {
    IndexLife.run(seed, family, 2000, 3000, new HashKeydir(seed, ~seed));
  }

  @Property(tries = 60, seed = "2", shrinking = ShrinkingMode.OFF)
  void an_ordered_index_is_a_map(@ForAll long seed, @ForAll Keys family) {
    IndexLife.run(seed, family, numbers(family), 3000, new OrderedTree());
  }

  @Example
  void both_grow_to_many_pages_and_shrink() {
    IndexLife.run(1, Keys.RANDOM, 30_000, 90_000, new HashKeydir(1, 2));
    for (Keys family : Keys.values()) {
      IndexLife.run(2, family, 10 * numbers(family), 40_000, new OrderedTree());
    }
  }

  private static int numbers(Keys family) {
    return family == Keys.VERY_LONG ? 300 : 2500;
  }
}
