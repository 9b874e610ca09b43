package dev.nucleusdb.sim.fiber;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.time.Timers;
import dev.nucleusdb.core.time.WallTime;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.sim.time.Host;
import dev.nucleusdb.sim.time.NodeTimers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Blocking code on one host: what an ordinary program finds in its operating system, and here
/// comes from the world. Time is the host's own clock; a wait ends by an event of the world and by
/// nothing else; when the host crashes all its fibers are gone.
///
/// Locks, conditions, channels and promises belong to the host that made them: nodes share nothing
/// but the network.
public final class Fibers {
  /// A deadline that never comes.
  static final long NEVER = Long.MAX_VALUE;

  private final FiberSeams seams;
  private final FiberOptions options;
  private final Host host;
  private final FiberScheduler scheduler;
  private final Map<Integer, Fiber> living = new LinkedHashMap<>();
  private @Nullable Post post;
  private int startedCount;

  /// The fibers of a node, with the defaults.
  ///
  /// @throws IllegalArgumentException if the node is not in a world of the simulator
  public static Fibers of(NodeContext context) {
    return of(FiberSeams.of(context), FiberOptions.DEFAULT);
  }

  /// The fibers of a node or client. Call it once for each incarnation.
  ///
  /// @throws IllegalArgumentException if its timers are not those of a world
  public static Fibers of(FiberSeams seams, FiberOptions options) {
    return new Fibers(seams, options);
  }

  /// Makes sure that this JVM can run fibers, before a world is built on them.
  ///
  /// @throws IllegalStateException if it cannot; the message names the flag that is missing
  public static void checkJvm() {
    FiberThread.checkJvm();
  }

  private Fibers(FiberSeams seams, FiberOptions options) {
    if (!(seams.timers() instanceof NodeTimers timers)) {
      throw new IllegalArgumentException("fibers run in a world of the simulator only");
    }
    this.seams = seams;
    this.options = options;
    this.host = timers.host();
    this.scheduler = FiberScheduler.of(timers.kernel());
    host.onDeath(this::abandon);
  }

  /// Starts a fiber; it runs after the events of this moment.
  ///
  /// @param name unique names read best, nothing depends on it
  /// @throws IllegalStateException if the host has its maximum of fibers
  public Fiber start(String name, FiberBody body) {
    Fiber fiber = create(name, body);
    if (host.isAlive()) {
      fiber.wake();
    }
    return fiber;
  }

  /// Starts a fiber as a part of its node's start: what it does before its first wait is done when
  /// this returns.
  ///
  /// @throws DiskException if it came to its end by one
  /// @throws dev.nucleusdb.core.disk.CorruptionException likewise
  public Fiber startNow(String name, FiberBody body) {
    Fiber fiber = create(name, body);
    fiber.runAsStart();
    return fiber;
  }

  private Fiber create(String name, FiberBody body) {
    checkThread("starts a fiber");
    if (living.size() >= options.fibersMax()) {
      throw new IllegalStateException(
          host.actor() + " has " + options.fibersMax() + " fibers already");
    }
    Callable<?> code =
        () -> {
          body.run();
          return null;
        };
    String fullName = host.actor().name() + '/' + name;
    Fiber fiber = new Fiber(this, scheduler, fullName, ++startedCount, code);
    if (host.isAlive()) {
      living.put(fiber.number(), fiber);
    } else {
      fiber.die();
    }
    return fiber;
  }

  /// Waits for a time by the host's clock.
  public void sleep(Duration duration) {
    running("a moment").await(null, deadline(duration));
  }

  /// Waits until a moment of [#nowNanos].
  public void sleepUntil(long deadlineNanos) {
    running("a moment").await(null, deadlineNanos);
  }

  /// Lets all others do what they have to do at this moment.
  public void pass() {
    running("its turn").await(null, seams.clock().monotonicNanos());
  }

  /// The host's monotonic clock, in nanoseconds; nothing relates it to that of another host.
  public long nowNanos() {
    return seams.clock().monotonicNanos();
  }

  /// The host's wall clock, with the error that it claims.
  public WallTime wall() {
    return seams.clock().wall();
  }

  /// A lock of this host.
  public FiberLock lock() {
    return new FiberLock(this);
  }

  /// A channel between the fibers of this host.
  ///
  /// @param capacity how many elements it holds, at least one
  public <T> FiberChannel<T> channel(int capacity) {
    return new FiberChannel<>(this, capacity);
  }

  /// A value of this host that is not there yet.
  public <T> Promise<T> promise() {
    return new Promise<>(this);
  }

  /// A signal of this host.
  public FiberSignal signal() {
    return new FiberSignal(this);
  }

  /// Calls back after a time by the host's clock, on no fiber: the callback cannot wait.
  public Timers.Timer after(Duration duration, Runnable callback) {
    return seams.timers().at(deadline(duration), callback);
  }

  /// The messages of this host. From the first call on they come here, and no longer to a receiver
  /// that the host's own code has set.
  ///
  /// @throws IllegalStateException if it is connected to nothing
  public Post post() {
    if (post == null) {
      Network network = seams.network();
      if (network == null) {
        throw new IllegalStateException(host.actor() + " is connected to nothing; add a client");
      }
      post = new Post(this, network, options.inboxMax());
    }
    return post;
  }

  /// The node's disk.
  ///
  /// @throws IllegalStateException if this is no node
  public Disk disk() {
    Disk disk = seams.disk();
    if (disk == null) {
      throw new IllegalStateException(host.actor() + " has no disk");
    }
    return disk;
  }

  /// Waits until everything that was appended to a file before is durable.
  ///
  /// @throws DiskException if the sync failed: nobody knows what is durable, so let it end the
  ///   program; the node halts
  public void sync(DiskFile file) {
    Promise<Optional<DiskException>> done = promise();
    file.sync(failure -> done.complete(Optional.ofNullable(failure)));
    Optional<DiskException> failure = done.await();
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  /// Where this host is reached.
  public Address address() {
    return host.actor().address();
  }

  /// The host's stream of random numbers.
  public RandomSource random() {
    return seams.random();
  }

  /// Where the host tells what it does.
  public Trace trace() {
    return seams.trace();
  }

  /// The limits.
  public FiberOptions options() {
    return options;
  }

  Timers timers() {
    return seams.timers();
  }

  Host host() {
    return host;
  }

  /// The clock's reading after a time; [#NEVER] for times beyond all bounds.
  long deadline(Duration duration) {
    require(!duration.isNegative(), "cannot wait for %s", duration);
    long now = seams.clock().monotonicNanos();
    return duration.compareTo(Duration.ofNanos(NEVER - now - 1)) >= 0
        ? NEVER
        : now + duration.toNanos();
  }

  void checkThread(String deed) {
    scheduler.kernel().checkThread(deed);
  }

  /// The fiber that is calling, which is about to wait.
  ///
  /// @throws IllegalStateException if no fiber of this host is
  @SuppressWarnings("ReferenceEquality") // this very host
  Fiber running(String what) {
    checkThread("waits for " + what);
    Fiber fiber = scheduler.current();
    if (fiber == null) {
      throw new IllegalStateException("only a fiber can wait for " + what + "; start one");
    }
    if (fiber.home() != this) {
      throw new IllegalStateException(
          fiber + " waits for " + what + " of " + host.actor() + ": hosts share nothing");
    }
    return fiber;
  }

  /// Stops the node for good.
  ///
  /// @return false if this is no node
  boolean halt(String reason) {
    NodeContext.Halt halt = seams.halt();
    if (halt == null) {
      return false;
    }
    halt.halt(reason);
    return true;
  }

  void ended(Fiber fiber) {
    living.remove(fiber.number());
  }

  /// How many fibers live on this host.
  public int count() {
    return living.size();
  }

  /// The host is dead, or the program is told to stop: no fiber ever goes on.
  void abandon() {
    living.values().forEach(Fiber::die);
    living.clear();
  }
}
