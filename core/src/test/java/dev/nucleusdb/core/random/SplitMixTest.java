package dev.nucleusdb.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SplitMixTest {

  @Test
  void the_same_seed_gives_the_same_numbers() {
    assertThat(new SplitMix(7).nextLong()).isEqualTo(new SplitMix(7).nextLong());
    assertThat(new SplitMix(7).nextLong()).isNotEqualTo(new SplitMix(8).nextLong());
  }

  @Test
  void a_fork_depends_on_its_name_and_not_on_what_was_drawn_before() {
    SplitMix untouched = new SplitMix(7);
    SplitMix drawn = new SplitMix(7);
    drawn.nextLong();

    assertThat(drawn.fork("loss").nextLong()).isEqualTo(untouched.fork("loss").nextLong());
    assertThat(drawn.fork("loss").nextLong()).isNotEqualTo(untouched.fork("delay").nextLong());
    assertThat(drawn.fork(1).nextLong()).isNotEqualTo(untouched.fork(2).nextLong());
  }

  @Test
  void numbers_stay_within_their_bounds() {
    SplitMix random = new SplitMix(7);
    for (int i = 0; i < 10_000; i++) {
      assertThat(random.nextBetween(-3, 4)).isBetween(-3L, 4L);
      assertThat(random.nextInt(5)).isBetween(0, 4);
      assertThat(random.nextDouble()).isBetween(0.0, 1.0);
    }
    assertThatThrownBy(() -> random.nextInt(0)).hasMessageContaining("positive");
  }
}
