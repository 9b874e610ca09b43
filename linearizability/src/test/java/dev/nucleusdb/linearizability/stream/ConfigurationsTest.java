package dev.nucleusdb.linearizability.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ConfigurationsTest {
  private final Configurations configurations = new Configurations();
  private final Configuration none = Configuration.initial(3).placing(5, 3);
  private final Configuration one = none.using(1, 3);
  private final Configuration other = none.using(2, 3);
  private final Configuration both = other.using(1, 3);

  @Test
  void the_more_frugal_one_stays_whichever_comes_first() {
    assertThat(configurations.add(both)).isTrue();
    assertThat(configurations.add(one)).isTrue();
    assertThat(configurations.add(other)).isTrue();
    assertThat(configurations.list()).containsExactly(one, other);
    assertThat(configurations.add(both)).isFalse();
    assertThat(configurations.add(none)).isTrue();
    assertThat(configurations.list()).containsExactly(none);
    assertThat(configurations.size()).isEqualTo(1);
    assertThat(configurations.bytes()).isEqualTo(none.bytes());
  }

  @Test
  void counts_of_one_class_are_compared() {
    Configuration twice = one.using(1, 3);
    assertThat(one.usesAtMost(twice)).isTrue();
    assertThat(twice.usesAtMost(one)).isFalse();
    assertThat(twice.usedOf(1)).isEqualTo(2);
    assertThat(twice.usesAtMost(twice.using(0, 3))).isTrue();
    assertThat(other.usesAtMost(twice)).isFalse();
  }

  @Test
  void another_state_or_another_operation_is_another_configuration() {
    assertThat(configurations.add(none)).isTrue();
    assertThat(configurations.add(none.renumbered(4))).isTrue();
    assertThat(configurations.add(none.placing(6, 3))).isTrue();
    assertThat(configurations.add(none.without(5))).isTrue();
    assertThat(configurations.add(none.placing(6, 3).without(6))).isFalse();
    for (int state = 10; state < 100; state++) {
      assertThat(configurations.add(none.renumbered(state))).isTrue();
      assertThat(configurations.add(none.renumbered(state))).isFalse();
    }
  }
}
