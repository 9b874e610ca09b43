package dev.nucleusdb.core.system;

import dev.nucleusdb.core.contract.ClockContract;
import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.core.time.Timers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

class SystemClockContractTest extends ClockContract {
  private final SystemClock clock = new SystemClock(Duration.ofMillis(100));
  private final NodeThread thread =
      NodeThread.start("clock contract", clock, NodeThreadOptions.DEFAULT, (reason, failure) -> {});

  @AfterEach
  void close() {
    thread.close();
  }

  @Override
  protected Clock clock() {
    return clock;
  }

  @Override
  protected Timers timers() {
    return thread;
  }

  @Override
  protected void onNode(Runnable code) {
    thread.run(code);
  }

  @Override
  protected void elapse(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
