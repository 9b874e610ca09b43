package dev.nucleusdb.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.random.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// What is kept by group, beside a tree that keeps the same.
class GroupMapTest {
  private static final int GROUPS = 12;

  @Property(tries = 300)
  void it_holds_what_a_tree_holds_in_the_same_order(@ForAll long seed) {
    SplitMix random = new SplitMix(seed);
    GroupMap<Long> map = new GroupMap<>();
    TreeMap<Integer, Long> tree = new TreeMap<>();
    for (long step = 1; step <= 200; step++) {
      int group = (int) random.nextBetween(1, GROUPS);
      long value = step;
      switch ((int) random.nextBetween(0, 2)) {
        case 0 -> {
          map.put(group, value);
          tree.put(group, value);
        }
        case 1 -> {
          map.remove(group);
          tree.remove(group);
        }
        default ->
            assertThat(map.getOrAdd(group, () -> value))
                .isEqualTo(tree.computeIfAbsent(group, any -> value));
      }
      requireEqual(map, tree);
    }
  }

  private static void requireEqual(GroupMap<Long> map, Map<Integer, Long> tree) {
    List<Integer> groups = new ArrayList<>();
    for (int place = 0; place < map.size(); place++) {
      groups.add(map.groupAt(place));
    }
    assertThat(groups).isEqualTo(List.copyOf(tree.keySet()));
    assertThat(map.values()).isEqualTo(List.copyOf(tree.values()));
    assertThat(map.isEmpty()).isEqualTo(tree.isEmpty());
    for (int group = 0; group <= GROUPS + 1; group++) {
      assertThat(map.get(group)).isEqualTo(tree.get(group));
      assertThat(map.contains(group)).isEqualTo(tree.containsKey(group));
    }
  }

  @Test
  void very_many_come_and_go_in_their_order_without_being_moved_each_time() {
    GroupMap<Integer> map = new GroupMap<>();
    int many = 300_000;
    long begin = System.nanoTime();
    for (int group = 1; group <= many; group++) {
      map.put(group, group);
    }
    for (int group = 1; group <= many; group++) {
      map.remove(group);
    }
    assertThat(map.isEmpty()).isTrue();
    // Moving all the others each time would take minutes.
    assertThat(System.nanoTime() - begin).isLessThan(10_000_000_000L);
  }

  @Property(tries = 300)
  void last_indexes_are_what_a_tree_of_maxima_holds(@ForAll long seed) {
    SplitMix random = new SplitMix(seed);
    LastIndexes last = new LastIndexes();
    TreeMap<Integer, Long> tree = new TreeMap<>();
    for (int step = 0; step < 200; step++) {
      int group = (int) random.nextBetween(1, GROUPS);
      long index = random.nextBetween(1, 50);
      switch ((int) random.nextBetween(0, 9)) {
        case 0 -> {
          last.retainUnless((any, largest) -> largest <= index);
          tree.values().removeIf(largest -> largest <= index);
        }
        case 1, 2, 3 -> {
          last.forget(group, index);
          tree.computeIfPresent(group, (any, largest) -> largest <= index ? null : largest);
        }
        default -> {
          last.raise(group, index);
          tree.merge(group, index, Math::max);
        }
      }
      assertThat(last.groups()).isEqualTo(List.copyOf(tree.keySet()));
      for (Map.Entry<Integer, Long> one : tree.entrySet()) {
        assertThat(last.anyMatch((g, i) -> g == one.getKey() && i == one.getValue())).isTrue();
      }
    }
  }
}
