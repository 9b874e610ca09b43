package dev.nucleusdb.sim.time;

import dev.nucleusdb.core.contract.ClockContract;
import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.core.time.Timers;
import dev.nucleusdb.sim.TestBench;
import dev.nucleusdb.sim.WorldOptions;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/// The contract at the true rate and at both extremes of drift.
class SimulatedClockContractTest {
  @Nested
  class At_the_true_rate extends Drifting {
    At_the_true_rate() {
      super(0);
    }
  }

  @Nested
  class When_fast extends Drifting {
    When_fast() {
      super(MachineClock.DRIFT_MAX);
    }
  }

  @Nested
  class When_slow extends Drifting {
    When_slow() {
      super(-MachineClock.DRIFT_MAX);
    }
  }

  abstract static class Drifting extends ClockContract {
    private final TestBench bench = new TestBench(WorldOptions.calm(1), 1);

    Drifting(long nanosPerSecond) {
      bench.node(0).clock().drift(nanosPerSecond);
    }

    @Override
    protected Clock clock() {
      return bench.context(0).clock();
    }

    @Override
    protected Timers timers() {
      return bench.context(0).timers();
    }

    @Override
    protected void onNode(Runnable code) {
      bench.onNode(0, code);
    }

    @Override
    protected void elapse(Duration duration) {
      bench.elapse(duration.multipliedBy(2));
    }
  }
}
