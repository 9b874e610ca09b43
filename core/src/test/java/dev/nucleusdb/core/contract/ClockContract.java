package dev.nucleusdb.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.core.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What [Clock] and [Timers] promise. Extended once for the simulated seam and once for the real
/// one.
public abstract class ClockContract {
  private static final long MILLISECOND = 1_000_000;

  /// The clock under test.
  protected abstract Clock clock();

  /// The timers that go by that clock.
  protected abstract Timers timers();

  /// Runs code on the node's thread, to its end.
  protected abstract void onNode(Runnable code);

  /// Lets time pass and timers fire: at least so much, by any clock that the test may drift.
  protected abstract void elapse(Duration duration);

  private final List<String> fired = Collections.synchronizedList(new ArrayList<>());

  @Test
  void monotonic_time_never_goes_back_and_advances() {
    long first = clock().monotonicNanos();
    long last = first;
    for (int i = 0; i < 20; i++) {
      elapse(Duration.ofMillis(1));
      long now = clock().monotonicNanos();
      assertThat(now).isGreaterThanOrEqualTo(last);
      last = now;
    }
    assertThat(last).isGreaterThan(first);
  }

  @Test
  void the_wall_clock_claims_an_error_that_is_not_negative() {
    assertThat(clock().wall().error()).isGreaterThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void a_timer_never_fires_before_its_moment() {
    List<Long> late = Collections.synchronizedList(new ArrayList<>());
    onNode(() -> {
      for (int i = 1; i <= 10; i++) {
        long deadline = clock().monotonicNanos() + i * MILLISECOND + i * 77L;
        timers().at(deadline, () -> late.add(clock().monotonicNanos() - deadline));
      }
    });
    elapse(Duration.ofMillis(100));
    assertThat(late).hasSize(10).allMatch(nanos -> nanos >= 0);
  }

  @Test
  void timers_of_one_moment_fire_in_the_order_in_which_they_were_armed() {
    onNode(() -> {
      long deadline = clock().monotonicNanos() + 5 * MILLISECOND;
      for (int i = 0; i < 10; i++) {
        String name = "timer " + i;
        timers().at(deadline, () -> fired.add(name));
      }
    });
    elapse(Duration.ofMillis(100));
    assertThat(fired).hasSize(10).isSorted();
  }

  @Test
  void an_earlier_timer_fires_first_though_it_was_armed_later() {
    onNode(() -> {
      long now = clock().monotonicNanos();
      timers().at(now + 20 * MILLISECOND, () -> fired.add("second"));
      timers().at(now + 5 * MILLISECOND, () -> fired.add("first"));
    });
    elapse(Duration.ofMillis(200));
    assertThat(fired).containsExactly("first", "second");
  }

  @Test
  void a_timer_of_the_past_fires_soon_but_not_inside_the_call_that_arms_it() {
    onNode(() -> {
      timers().at(clock().monotonicNanos() - 1, () -> fired.add("fired"));
      fired.add("armed");
    });
    elapse(Duration.ofMillis(50));
    assertThat(fired).containsExactly("armed", "fired");
  }

  @Test
  void a_cancelled_timer_never_fires() {
    onNode(() -> {
      long deadline = clock().monotonicNanos() + 2 * MILLISECOND;
      Timers.Timer cancelled = timers().at(deadline, () -> fired.add("cancelled"));
      timers().at(deadline, () -> fired.add("other"));
      cancelled.cancel();
    });
    elapse(Duration.ofMillis(50));
    assertThat(fired).containsExactly("other");
  }

  @Test
  void a_timer_may_be_cancelled_by_another_of_the_same_moment() {
    onNode(() -> {
      long deadline = clock().monotonicNanos() + 2 * MILLISECOND;
      Timers.Timer[] second = new Timers.Timer[1];
      timers().at(deadline, () -> second[0].cancel());
      second[0] = timers().at(deadline, () -> fired.add("second"));
    });
    elapse(Duration.ofMillis(50));
    assertThat(fired).isEmpty();
  }

  @Test
  void cancelling_after_the_moment_does_nothing() {
    Timers.Timer[] timer = new Timers.Timer[1];
    onNode(() -> timer[0] = timers().at(clock().monotonicNanos(), () -> fired.add("fired")));
    elapse(Duration.ofMillis(50));
    onNode(() -> timer[0].cancel());
    assertThat(fired).containsExactly("fired");
  }
}
