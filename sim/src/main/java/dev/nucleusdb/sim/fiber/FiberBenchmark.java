package dev.nucleusdb.sim.fiber;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.sim.time.Host;
import dev.nucleusdb.sim.time.Kernel;
import dev.nucleusdb.sim.time.MachineClock;
import dev.nucleusdb.sim.time.NodeTimers;
import dev.nucleusdb.sim.time.SimulatedClock;
import dev.nucleusdb.sim.trace.Actor;
import java.time.Duration;
import java.util.function.LongSupplier;

/// How fast fibers are, beside callbacks that do the same: so many loops, each of which sleeps a
/// microsecond again and again by timers of one host. One step of a loop is a switch.
public final class FiberBenchmark {
  private static final Duration PAUSE = Duration.ofNanos(1_000);

  private final int loops;
  private final int steps;
  private final LongSupplier realNanos;
  private long stepCount;

  /// What was measured.
  ///
  /// @param fibersPerSecond switches of fibers within a real second
  /// @param callbacksPerSecond steps of callbacks within a real second
  public record Result(double fibersPerSecond, double callbacksPerSecond) {
    /// How much faster callbacks are.
    public double ratio() {
      return callbacksPerSecond / fibersPerSecond;
    }
  }

  /// @param loops how many run at once
  /// @param steps how many steps each takes
  /// @param realNanos a clock of the real world
  public FiberBenchmark(int loops, int steps, LongSupplier realNanos) {
    this.loops = loops;
    this.steps = steps;
    this.realNanos = realNanos;
  }

  /// Runs each way once to warm up and once to measure.
  public Result run() {
    fibersPerSecond();
    callbacksPerSecond();
    return new Result(fibersPerSecond(), callbacksPerSecond());
  }

  /// Measures fibers.
  public double fibersPerSecond() {
    return measure(place -> {
      Fibers fibers = Fibers.of(place.seams(), FiberOptions.DEFAULT);
      for (int i = 0; i < loops; i++) {
        fibers.start("loop", () -> loop(fibers));
      }
    });
  }

  private void loop(Fibers fibers) {
    for (int i = 0; i < steps; i++) {
      fibers.sleep(PAUSE);
      stepCount++;
    }
  }

  /// Measures callbacks.
  public double callbacksPerSecond() {
    return measure(place -> {
      for (int i = 0; i < loops; i++) {
        new CallbackLoop(place).arm();
      }
    });
  }

  private double measure(java.util.function.Consumer<Place> loopStarter) {
    Place place = new Place(new Kernel(Long.MAX_VALUE, Long.MAX_VALUE));
    stepCount = 0;
    loopStarter.accept(place);
    long begin = realNanos.getAsLong();
    place.kernel().run(Long.MAX_VALUE - 1);
    double seconds = (realNanos.getAsLong() - begin) / 1e9;
    return stepCount / seconds;
  }

  private final class CallbackLoop implements Runnable {
    private final NodeTimers timers;
    private final SimulatedClock clock;
    private int done;

    CallbackLoop(Place place) {
      timers = place.timers();
      clock = place.clock();
    }

    void arm() {
      timers.at(clock.monotonicNanos() + PAUSE.toNanos(), this);
    }

    @Override
    public void run() {
      stepCount++;
      if (++done < steps) {
        arm();
      }
    }
  }

  /// A host in an empty world.
  private static final class Place implements Host {
    private final Kernel kernel;
    private final Actor actor = new Actor(0, new Address("bench"), null);
    private final SimulatedClock clock;
    private final NodeTimers timers;

    Place(Kernel kernel) {
      this.kernel = kernel;
      this.clock = new SimulatedClock(new MachineClock(kernel, 0), 0);
      this.timers = new NodeTimers(kernel, this, clock);
    }

    Kernel kernel() {
      return kernel;
    }

    SimulatedClock clock() {
      return clock;
    }

    NodeTimers timers() {
      return timers;
    }

    FiberSeams seams() {
      return new FiberSeams(clock, timers, null, null, new SplitMix(1), Trace.NONE, null);
    }

    @Override
    public Actor actor() {
      return actor;
    }

    @Override
    public boolean isAlive() {
      return true;
    }

    @Override
    public void execute(Runnable callback) {
      kernel.guard("bench", callback);
    }

    @Override
    public void point(String name) {}
  }
}
