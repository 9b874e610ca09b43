package dev.nucleusdb.sim;

import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.disk.SimulatedDisk;
import dev.nucleusdb.sim.time.ActorTrace;
import dev.nucleusdb.sim.time.Host;
import dev.nucleusdb.sim.time.InjectedFailure;
import dev.nucleusdb.sim.time.Kernel;
import dev.nucleusdb.sim.time.NodeTimers;
import dev.nucleusdb.sim.time.SimulatedClock;
import dev.nucleusdb.sim.trace.Actor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// One life of a node, from its start to its crash. All seams that were handed to it are bound to
/// it and die with it.
final class Incarnation implements Host {
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  private final SimulatedNode owner;
  private final Kernel kernel;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final List<Runnable> mourners = new ArrayList<>();
  private @Nullable Node node;
  private @Nullable String haltReason;
  private boolean alive = true;
  private boolean paused;
  private boolean busy;

  Incarnation(SimulatedNode owner, Kernel kernel) {
    this.owner = owner;
    this.kernel = kernel;
  }

  @Override
  public Actor actor() {
    return owner.actor();
  }

  @Override
  public boolean isAlive() {
    return alive;
  }

  boolean isPaused() {
    return paused;
  }

  @Nullable Node node() {
    return alive ? node : null;
  }

  /// Builds and starts the node.
  void begin(NodeFactory factory, RandomSource random) {
    SimulatedClock clock =
        new SimulatedClock(owner.clock(), random.fork("clock").nextBetween(0, HOUR_NANOS));
    NodeContext context =
        new NodeContext(
            owner.id(),
            clock,
            new NodeTimers(kernel, this, clock),
            owner.network().attach(this),
            new SimulatedDisk(kernel, this, owner.disk(), owner.trouble()),
            random.fork("node"),
            new ActorTrace(kernel, this),
            this::halt);
    execute(() -> {
      try {
        Node made = factory.create(context);
        node = made;
        made.start();
      } catch (CorruptionException | DiskException failure) {
        owner.startFailed(failure);
      }
    });
  }

  @Override
  public void execute(Runnable callback) {
    if (!alive) {
      return;
    }
    if (paused || busy) {
      waiting.add(callback);
      return;
    }
    InjectedFailure death = kernel.guard(owner.name(), callback);
    if (alive && death != null) {
      owner.died(death);
      return;
    }
    String reason = haltReason;
    if (alive && reason != null) {
      owner.halted(reason);
    } else if (owner.pace().callbackNanos() > 0) {
      busy = true;
      kernel.schedule(kernel.nowNanos() + owner.pace().callbackNanos(), this::done);
    }
  }

  /// The callback before has taken its time.
  private void done() {
    busy = false;
    drain();
  }

  @Override
  public long timerDelayNanos(long deadlineNanos) {
    return owner.pace().timerDelayNanos(deadlineNanos);
  }

  @Override
  public void onDeath(Runnable listener) {
    mourners.add(listener);
  }

  @Override
  public void point(String name) {
    if (alive) {
      owner.reach(name);
    }
  }

  void halt(String reason) {
    if (alive && haltReason == null) {
      haltReason = reason;
    }
  }

  void pause() {
    paused = true;
  }

  /// Goes on; what came meanwhile is called back now, in order.
  void resume() {
    paused = false;
    drain();
  }

  private void drain() {
    while (!waiting.isEmpty() && !paused && !busy) {
      Runnable callback = waiting.remove();
      execute(callback);
    }
  }

  void die() {
    alive = false;
    paused = false;
    waiting.clear();
    mourners.forEach(Runnable::run);
    mourners.clear();
  }
}
