package dev.nucleusdb.netty;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketsTest {
  private static final long LONG_NANOS = TimeUnit.HOURS.toNanos(1);

  @Test
  void a_wake_up_before_the_wait_ends_it_whoever_it_comes_from() {
    Sockets sockets = new Sockets(Thread.currentThread());
    for (int i = 0; i < 3; i++) {
      sockets.wakeUp();
      sockets.poll(LONG_NANOS);
      CompletableFuture.runAsync(sockets::wakeUp).join();
      sockets.poll(Long.MAX_VALUE);
    }
    sockets.close();
    sockets.wakeUp();
  }

  @Test
  void a_wake_up_by_another_thread_ends_the_wait() {
    Sockets sockets = new Sockets(Thread.currentThread());
    CompletableFuture<Void> later =
        CompletableFuture.runAsync(
            sockets::wakeUp, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
    sockets.poll(LONG_NANOS);
    later.join();
    sockets.close();
  }
}
