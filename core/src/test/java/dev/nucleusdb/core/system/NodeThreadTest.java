package dev.nucleusdb.core.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.assertion.InvariantViolation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class NodeThreadTest {
  private final List<String> happened = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final SystemClock clock = new SystemClock(Duration.ZERO);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final NodeThread thread =
      NodeThread.start(
          "n1",
          clock,
          new NodeThreadOptions(4, 2, 1000),
          (reason, failure) -> ended.complete(reason));

  @AfterEach
  void close() {
    gate.countDown();
    thread.close();
  }

  private void hold() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    thread.execute(() -> {
      held.countDown();
      awaitGate();
    });
    held.await();
  }

  private void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_full_queue_refuses_and_keeps_a_reserve() throws InterruptedException {
    hold();
    for (int i = 0; i < 4; i++) {
      assertThat(thread.offer(() -> happened.add("offered"))).isTrue();
    }
    assertThat(thread.offer(() -> happened.add("refused"))).isFalse();
    thread.execute(() -> happened.add("reserve"));
    thread.execute(() -> happened.add("reserve"));
    assertThatThrownBy(() -> thread.execute(() -> happened.add("too many")))
        .isInstanceOf(InvariantViolation.class);
    gate.countDown();
    while (thread.waitingCount() > 0) {
      Thread.onSpinWait();
    }
    thread.run(() -> {});
    assertThat(happened)
        .containsExactly("offered", "offered", "offered", "offered", "reserve", "reserve");
  }

  @Test
  void a_timer_for_now_runs_after_all_that_was_queued_when_it_was_armed()
      throws InterruptedException {
    hold();
    thread.execute(() -> {
      thread.at(clock.monotonicNanos(), () -> happened.add("timer"));
      thread.execute(() -> happened.add("queued later, before the timer was armed"));
      thread.at(clock.monotonicNanos(), () -> happened.add("second timer"));
    });
    thread.execute(() -> happened.add("queued before"));
    gate.countDown();
    thread.run(() -> {});
    thread.run(() -> {});
    thread.run(() -> {});
    assertThat(happened)
        .containsExactly(
            "queued before", "queued later, before the timer was armed", "timer", "second timer");
  }

  @Test
  void what_a_task_throws_ends_the_thread_and_is_told_in_one_line() throws Exception {
    hold();
    thread.execute(() -> {
      throw new InvariantViolation("two leaders");
    });
    thread.execute(() -> happened.add("never"));
    gate.countDown();
    assertThat(ended.get(5, TimeUnit.SECONDS))
        .startsWith("n1 failed and has stopped: ")
        .contains("two leaders")
        .doesNotContain("\n");
    assertThat(thread.offer(() -> happened.add("never"))).isFalse();
    assertThatThrownBy(() -> thread.call(() -> 1)).isInstanceOf(IllegalStateException.class);
    assertThat(happened).isEmpty();
  }

  @Test
  void what_a_timer_throws_ends_the_thread_too() throws Exception {
    thread.run(() ->
        thread.at(
            0,
            () -> {
              throw new IllegalStateException("bad timer");
            }));
    assertThat(ended.get(5, TimeUnit.SECONDS)).contains("bad timer");
  }

  @Test
  void a_node_that_halts_finishes_what_is_under_way_and_begins_nothing() throws Exception {
    hold();
    thread.execute(() -> {
      thread.at(0, () -> happened.add("timer"));
      thread.halt("the disk failed");
      thread.halt("second reason");
      happened.add("to the end");
    });
    thread.execute(() -> happened.add("task"));
    gate.countDown();
    assertThat(ended.get(5, TimeUnit.SECONDS)).isEqualTo("the disk failed");
    assertThat(happened).containsExactly("to the end");
  }

  @Test
  void what_a_call_throws_is_the_callers() {
    assertThatThrownBy(() ->
            thread.run(() -> {
              throw new IllegalArgumentException("no");
            }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no");
    assertThat(thread.<Integer>call(() -> thread.<Integer>call(() -> 7))).isEqualTo(7);
  }

  @Test
  void a_call_that_waits_when_the_thread_ends_is_told() throws Exception {
    hold();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread caller =
        Thread.ofPlatform()
            .start(() -> {
              try {
                thread.run(() -> happened.add("never"));
              } catch (IllegalStateException e) {
                thrown.complete(e);
              }
            });
    while (thread.waitingCount() == 0) {
      Thread.sleep(1);
    }
    thread.execute(() -> {});
    Thread closer = Thread.ofPlatform().start(thread::close);
    while (!thread.isEnding()) {
      Thread.sleep(1);
    }
    gate.countDown();
    assertThat(thrown.get(5, TimeUnit.SECONDS)).hasMessageContaining("stopped");
    closer.join();
    caller.join();
    assertThat(ended).isNotDone();
  }

  @Test
  void timers_are_armed_on_the_nodes_thread_alone() {
    assertThatThrownBy(() -> thread.at(0, () -> {})).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_thousand_cancelled_timers_leave_the_others_in_order() {
    thread.run(() -> {
      List<dev.nucleusdb.core.time.Timers.Timer> cancelled = new ArrayList<>();
      for (int i = 0; i < 900; i++) {
        int number = i;
        long at = (i * 7919L) % 900;
        var timer = thread.at(at, () -> happened.add(String.format("%03d", at)));
        if (number % 3 != 0) {
          cancelled.add(timer);
        }
      }
      cancelled.forEach(dev.nucleusdb.core.time.Timers.Timer::cancel);
    });
    thread.run(() -> {});
    thread.run(() -> {});
    assertThat(happened).hasSize(300).isSorted();
  }

  @Test
  void the_same_seed_is_not_drawn_twice() {
    assertThat(new SystemRandom().nextLong()).isNotEqualTo(new SystemRandom().nextLong());
    SystemRandom random = new SystemRandom();
    assertThat(random.fork("a").nextLong()).isEqualTo(random.fork("a").nextLong());
  }
}
