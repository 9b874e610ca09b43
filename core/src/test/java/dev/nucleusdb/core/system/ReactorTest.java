package dev.nucleusdb.core.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ReactorTest {
  private final List<String> happened = Collections.synchronizedList(new ArrayList<>());
  private final SystemClock clock = new SystemClock(Duration.ZERO);
  private final NodeThread thread =
      NodeThread.start("n1", clock, NodeThreadOptions.DEFAULT, (reason, failure) -> {});
  private final Doorbell sockets = new Doorbell();

  /// Waits for nothing but to be woken, and for what a test has it do.
  private final class Doorbell implements Reactor {
    final Semaphore rung = new Semaphore(0);
    final Semaphore waits = new Semaphore(0);
    final AtomicInteger wakeUps = new AtomicInteger();
    volatile Runnable brought = () -> {};

    @Override
    public void poll(long waitNanosMax) {
      if (waitNanosMax > 0) {
        waits.release();
        try {
          var _ = rung.tryAcquire(waitNanosMax, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      Runnable now = brought;
      brought = () -> {};
      now.run();
    }

    @Override
    public void wakeUp() {
      wakeUps.incrementAndGet();
      rung.release();
    }

    @Override
    public void close() {
      happened.add(thread.isCurrent() ? "closed" : "closed by another thread");
    }
  }

  @AfterEach
  void close() {
    thread.close();
  }

  private void awaitWaiting() throws InterruptedException {
    sockets.waits.acquire();
  }

  @Test
  void a_task_of_another_thread_ends_the_wait() throws Exception {
    thread.serve(sockets);
    awaitWaiting();
    CompletableFuture<Boolean> ran = new CompletableFuture<>();
    thread.execute(() -> ran.complete(thread.isCurrent()));
    assertThat(ran.get()).isTrue();
    assertThat(sockets.wakeUps).hasValue(1);
  }

  @Test
  void tasks_that_come_while_others_run_wake_nobody() throws Exception {
    thread.serve(sockets);
    awaitWaiting();
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    CompletableFuture<Boolean> ran = new CompletableFuture<>();
    thread.execute(() -> {
      held.countDown();
      awaitUninterruptibly(gate);
    });
    held.await();
    for (int i = 0; i < 10; i++) {
      thread.execute(() -> happened.add("task"));
    }
    thread.execute(() -> ran.complete(true));
    gate.countDown();
    ran.get();
    assertThat(happened).hasSize(10);
    assertThat(sockets.wakeUps).hasValue(1);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void what_sockets_bring_is_run() throws Exception {
    thread.serve(sockets);
    awaitWaiting();
    CompletableFuture<Boolean> ran = new CompletableFuture<>();
    sockets.brought = () -> thread.execute(() -> ran.complete(thread.isCurrent()));
    sockets.rung.release();
    assertThat(ran.get()).isTrue();
  }

  @Test
  void timers_end_the_wait() throws Exception {
    thread.serve(sockets);
    CompletableFuture<Boolean> fired = new CompletableFuture<>();
    thread.execute(
        () -> thread.at(clock.monotonicNanos() + 20_000_000, () -> fired.complete(true)));
    assertThat(fired.get()).isTrue();
  }

  @Test
  void the_thread_closes_it_when_it_ends() throws Exception {
    thread.serve(sockets);
    awaitWaiting();
    thread.close();
    assertThat(happened).containsExactly("closed");
    thread.dismiss(sockets);
    assertThat(happened).containsExactly("closed");
  }

  @Test
  void a_thread_that_dismisses_it_waits_in_its_queue_again() throws Exception {
    thread.serve(sockets);
    assertThatThrownBy(() -> thread.serve(new Doorbell()))
        .isInstanceOf(IllegalArgumentException.class);
    thread.dismiss(sockets);
    assertThat(happened).containsExactly("closed");
    int before = sockets.wakeUps.get();
    assertThat(thread.<Boolean>call(thread::isCurrent)).isTrue();
    assertThat(sockets.wakeUps).hasValue(before);
    thread.close();
    assertThat(happened).containsExactly("closed");
  }
}
