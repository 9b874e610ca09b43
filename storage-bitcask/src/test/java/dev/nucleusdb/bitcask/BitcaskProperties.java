package dev.nucleusdb.bitcask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.assertion.Sometimes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// Laws that hold in every life of a store.
class BitcaskProperties {

  @Property(tries = 800, seed = "1", shrinking = ShrinkingMode.OFF)
  void after_any_crash_the_store_is_as_after_some_batch_and_nothing_durable_is_lost(
      @ForAll long seed) {
    Workload.run(seed, 250, BitcaskRules.DEFAULT);
  }

  @Example
  void a_crash_at_every_pass_of_every_point_is_survived() {
    Workload.run(7, 300, BitcaskRules.DEFAULT);
    for (long seed = 1; seed <= 30; seed++) {
      Workload.run(seed, 300, BitcaskRules.DEFAULT);
    }
    Map<String, Integer> struck = new TreeMap<>();
    for (String point : List.copyOf(Workload.POINTS)) {
      for (int pass = 1; pass <= 25; pass++) {
        if (Workload.crashAt(pass, 120, point, pass / 2 + 1)) {
          struck.merge(point, 1, Integer::sum);
        }
      }
    }
    assertThat(struck.keySet()).containsAll(Workload.POINTS);
    assertThat(struck).hasSizeGreaterThanOrEqualTo(21);
  }

  @Example
  void a_crash_at_every_effect_of_a_life_is_survived() {
    for (boolean total : new boolean[] {true, false}) {
      int effect = 0;
      while (Workload.crashAtEffect(11, 150, effect, total)) {
        effect++;
      }
      assertThat(effect).isGreaterThan(200);
    }
  }

  @Example
  void the_rare_states_are_reached() {
    for (long seed = 100; seed < 200; seed++) {
      Workload.run(seed, 250, BitcaskRules.DEFAULT);
    }
    assertThat(Sometimes.counts().entrySet())
        .filteredOn(entry -> entry.getKey().startsWith("bitcask"))
        .filteredOn(entry -> !entry.getKey().contains("damage")) // this disk keeps what it is given
        .hasSizeGreaterThanOrEqualTo(6)
        .allSatisfy(entry -> assertThat(entry.getValue()).as(entry.getKey()).isPositive());
  }
}
