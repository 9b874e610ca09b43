package dev.nucleusdb.bench.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Medians, extremes and ratios.
class SamplesTest {
  private static Samples of(double... values) {
    Samples samples = new Samples();
    for (double value : values) {
      samples.add("x", value);
    }
    return samples;
  }

  @Test
  void the_median_is_the_middle_or_the_mean_of_the_two_there() {
    assertThat(of(9, 1, 5).median("x")).isEqualTo(5);
    assertThat(of(9, 1, 5, 6).median("x")).isEqualTo(5.5);
    assertThat(of().median("x")).isNaN();
  }

  @Test
  void a_percentile_is_a_sample_that_so_many_do_not_exceed() {
    Samples ten = of(10, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(ten.percentile("x", 0)).isEqualTo(1);
    assertThat(ten.percentile("x", 50)).isEqualTo(5);
    assertThat(ten.percentile("x", 90)).isEqualTo(9);
    assertThat(ten.percentile("x", 99)).isEqualTo(10);
    assertThat(ten.percentile("x", 100)).isEqualTo(10);
    assertThat(of().percentile("x", 99)).isNaN();
  }

  @Test
  void a_ratio_is_of_medians() {
    assertThat(of(2, 8, 4).ratio("x", of(2, 1, 100))).isEqualTo(2);
    assertThat(of(2).ratio("x", of())).isNaN();
  }

  @Test
  void rounds_add_up() {
    Samples all = of(1);
    all.addAll(of(2, 3));
    assertThat(all.count("x")).isEqualTo(3);
    assertThat(all.figures()).containsExactly("x");
    assertThat(all.has("y")).isFalse();
  }
}
