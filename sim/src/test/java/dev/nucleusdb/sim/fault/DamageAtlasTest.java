package dev.nucleusdb.sim.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.random.SplitMix;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Which nodes are healed, and how many may be damaged, where not always all of them decide.
final class DamageAtlasTest {
  private static final List<String> ALL = List.of("n1", "n2", "n3", "n4", "n5");

  @Test
  void the_core_always_suffices_and_holds_nobody_that_is_damaged() {
    DamageAtlas atlas = new DamageAtlas(DamageAtlas.Bound.MINORITY);
    atlas.note("n5");
    TreeSet<Integer> sizes = new TreeSet<>();
    for (int seed = 0; seed < 200; seed++) {
      List<String> core =
          atlas.drawCore(
              new SplitMix(seed), 1, ALL, names -> names.containsAll(List.of("n1", "n4")));
      assertThat(core).contains("n1", "n4").doesNotContain("n5");
      sizes.add(core.size());
    }
    assertThat(sizes).containsExactly(2, 3, 4);
  }

  @Test
  void all_are_healed_if_those_that_are_undamaged_do_not_suffice() {
    DamageAtlas atlas = new DamageAtlas(DamageAtlas.Bound.MINORITY);
    atlas.note("n5");
    assertThat(atlas.drawCore(new SplitMix(1), 1, ALL, names -> names.contains("n5")))
        .isEqualTo(ALL);
  }

  @Test
  void damage_keeps_to_a_minority_of_the_fewest_who_decide() {
    DamageAtlas atlas = new DamageAtlas(DamageAtlas.Bound.MINORITY);
    ALL.forEach(node -> atlas.addNode());
    atlas.note("n1");
    assertThat(atlas.admits("n2")).isTrue();
    atlas.voterCount(3);
    assertThat(atlas.admits("n2")).isFalse();
    assertThat(atlas.admits("n1")).isTrue();
  }
}
