package dev.nucleusdb.sim.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.random.SplitMix;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MachineClockTest {
  private static final long ERROR_NANOS = 50_000_000;

  private final Kernel kernel = new Kernel(1_000, 1_000);
  private final MachineClock clock = new MachineClock(kernel, ERROR_NANOS);

  @Test
  void a_fast_clock_gains_what_its_drift_says() {
    clock.drift(MachineClock.DRIFT_MAX);
    kernel.run(10_000_000_000L);
    assertThat(clock.localNanos()).isEqualTo(12_000_000_000L);
  }

  @Test
  void local_time_never_falls_when_the_rate_changes() {
    SplitMix random = new SplitMix(5);
    long last = 0;
    for (int i = 0; i < 10_000; i++) {
      clock.drift(random.nextBetween(-MachineClock.DRIFT_MAX, MachineClock.DRIFT_MAX));
      kernel.run(kernel.nowNanos() + random.nextBetween(0, 20));
      assertThat(clock.localNanos()).isGreaterThanOrEqualTo(last);
      last = clock.localNanos();
    }
  }

  @Test
  void the_true_moment_of_a_local_one_is_the_first_that_reaches_it() {
    SplitMix random = new SplitMix(6);
    for (int i = 0; i < 2_000; i++) {
      clock.drift(random.nextBetween(-MachineClock.DRIFT_MAX, MachineClock.DRIFT_MAX));
      long local = clock.localNanos() + random.nextBetween(1, 100_000_000_000L);
      long moment = clock.trueNanosAt(local);
      kernel.run(moment - 1);
      assertThat(clock.localNanos()).isLessThan(local);
      kernel.run(moment);
      assertThat(clock.localNanos()).isGreaterThanOrEqualTo(local);
    }
  }

  @Test
  void skew_and_drift_stay_within_the_claim_and_a_jump_does_not() {
    clock.skew(-ERROR_NANOS / 2);
    clock.drift(-MachineClock.DRIFT_MAX);
    for (int i = 0; i < 1_000; i++) {
      kernel.run(kernel.nowNanos() + 7_777_777);
      assertThat(error()).isLessThanOrEqualTo(clock.wall().error());
    }
    clock.jump(-3_200_000_000L);
    assertThat(error()).isGreaterThan(Duration.ofSeconds(3));
    clock.jump(3_200_000_000L);
    assertThat(error()).isLessThanOrEqualTo(clock.wall().error());
  }

  @Test
  void a_frozen_wall_clock_stands_still_and_is_then_right_again() {
    kernel.run(1_000_000_000L);
    clock.freeze(true);
    kernel.run(4_000_000_000L);
    assertThat(error()).isEqualTo(Duration.ofSeconds(3));
    assertThat(clock.localNanos()).isEqualTo(4_000_000_000L);
    clock.freeze(false);
    assertThat(error()).isZero();
  }

  @Test
  void a_smeared_leap_second_is_lost_evenly() {
    clock.smear(10_000_000_000L);
    kernel.run(5_000_000_000L);
    assertThat(error()).isEqualTo(Duration.ofMillis(500));
    kernel.run(20_000_000_000L);
    assertThat(error()).isEqualTo(Duration.ofSeconds(1));
  }

  private Duration error() {
    return Duration.between(MachineClock.EPOCH.plusNanos(kernel.nowNanos()), clock.wall().instant())
        .abs();
  }
}
