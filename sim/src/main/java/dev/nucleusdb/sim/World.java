package dev.nucleusdb.sim;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.disk.DiskImage;
import dev.nucleusdb.sim.disk.DiskTrouble;
import dev.nucleusdb.sim.disk.SyncFailure;
import dev.nucleusdb.sim.fault.CrashPoints;
import dev.nucleusdb.sim.fault.FaultCounts;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultSchedule;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.fault.PlannedFaults;
import dev.nucleusdb.sim.fiber.FiberNode;
import dev.nucleusdb.sim.fiber.FiberOptions;
import dev.nucleusdb.sim.fiber.FiberProgram;
import dev.nucleusdb.sim.fiber.FiberSeams;
import dev.nucleusdb.sim.fiber.Fibers;
import dev.nucleusdb.sim.network.ChanceRule;
import dev.nucleusdb.sim.network.Delay;
import dev.nucleusdb.sim.network.Duplication;
import dev.nucleusdb.sim.network.Loss;
import dev.nucleusdb.sim.network.Reorder;
import dev.nucleusdb.sim.network.SimulatedNetwork;
import dev.nucleusdb.sim.time.EventKind;
import dev.nucleusdb.sim.time.Kernel;
import dev.nucleusdb.sim.time.MachineClock;
import dev.nucleusdb.sim.time.NodeTimers;
import dev.nucleusdb.sim.time.SimulatedClock;
import dev.nucleusdb.sim.time.SimulatedCrash;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.Violation;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A whole world from one seed: nodes, clients, the network between them, their disks and clocks,
/// and the faults that strike them, in one event queue on one thread. Equal options and equal code
/// give equal worlds: equal digests, in every JVM.
///
/// First add nodes, clients and observers, then [#run].
public final class World {
  private final WorldOptions options;
  private final Kernel kernel;
  private final RandomSource root;
  private final SimulatedNetwork network;
  private final FaultDriver driver;
  private final Map<String, SimulatedNode> nodes = new LinkedHashMap<>();
  private final List<Actor> actors = new ArrayList<>();
  private final List<Halt> halts = new ArrayList<>();
  private final @Nullable PlannedFaults planned;
  private StartFailureExcuse excuse = (node, failure) -> false;
  private Phase phase = Phase.SETUP;

  /// A world without anybody in it.
  public World(WorldOptions options) {
    this.options = options;
    this.kernel = new Kernel(options.eventsPerSecondMax());
    this.root = new SplitMix(options.seed());
    this.network =
        new SimulatedNetwork(
            kernel, options.network(), root.fork("latency"), options.checksMessageBytes());
    this.driver =
        new FaultDriver(kernel, network, nodes, root.fork("crash"), options.crashesPerMinuteMax());
    this.planned =
        switch (options.faults()) {
          case FaultSource.Draw _ -> null;
          case FaultSource.Follow(Plan plan) -> new PlannedFaults(plan);
        };
  }

  /// Adds a machine with a node on it, which is started when the world runs.
  ///
  /// @throws IllegalArgumentException if the address is taken, or its name has a character that
  ///   plans use: blank `/ , | > =`
  public SimulatedNode addNode(NodeId id, Address address, NodeFactory factory) {
    Actor actor = join(address, id);
    RandomSource random = root.fork("node").fork(actor.name());
    SimulatedNode node =
        new SimulatedNode(
            new SimulatedNode.Machine(
                kernel,
                network,
                actor,
                new DiskImage(),
                new DiskTrouble(options.disk(), random.fork("disk")),
                new MachineClock(kernel, options.wallClockError().toNanos()),
                random.fork("incarnation"),
                new NodeEvents()),
            id,
            factory);
    nodes.put(actor.name(), node);
    if (phase != Phase.SETUP) {
      arm(node);
      kernel.schedule(kernel.nowNanos(), node::start);
    }
    return node;
  }

  /// Adds a client, and returns what it is to be built from.
  ///
  /// @throws IllegalArgumentException as [#addNode]
  public ClientContext addClient(Address address) {
    ClientHost host = new ClientHost(kernel, join(address, null));
    SimulatedClock clock = new SimulatedClock(new MachineClock(kernel, 0), kernel.nowNanos());
    return new ClientContext(
        address,
        clock,
        new NodeTimers(kernel, host, clock),
        network.attach(host),
        root.fork("client").fork(address.name()),
        new ActorTrace(kernel, host));
  }

  /// Adds a machine that runs a blocking program, anew in every incarnation.
  ///
  /// @throws IllegalArgumentException as [#addNode]
  /// @throws IllegalStateException if the JVM cannot run fibers; the message names the flag
  public SimulatedNode addProgram(NodeId id, Address address, FiberProgram program) {
    Fibers.checkJvm();
    return addNode(id, address, context -> new FiberNode(context, program));
  }

  /// Adds a client that runs a blocking program, from when the nodes have been started.
  ///
  /// @return its fibers
  /// @throws IllegalArgumentException as [#addClient(Address)]
  /// @throws IllegalStateException as [#addProgram]
  public Fibers addClient(Address address, FiberProgram program) {
    return start(addClient(address).seams(), program);
  }

  /// Runs a blocking program of the scenario: it is on no machine, so no fault strikes it, and has
  /// true time and no network.
  ///
  /// @return its fibers
  /// @throws IllegalStateException as [#addProgram]
  public Fibers start(String name, FiberProgram program) {
    ClientHost host = new ClientHost(kernel, new Actor(-1, new Address(name), null));
    SimulatedClock clock = new SimulatedClock(new MachineClock(kernel, 0), kernel.nowNanos());
    NodeTimers timers = new NodeTimers(kernel, host, clock);
    ActorTrace trace = new ActorTrace(kernel, host);
    return start(new FiberSeams(clock, timers, null, null, random(name), trace, null), program);
  }

  private Fibers start(FiberSeams seams, FiberProgram program) {
    Fibers.checkJvm();
    Fibers fibers = Fibers.of(seams, FiberOptions.DEFAULT);
    kernel.schedule(kernel.nowNanos(), () -> fibers.start("main", () -> program.run(fibers)));
    return fibers;
  }

  private Actor join(Address address, @Nullable NodeId id) {
    String name = address.name();
    require(
        !name.isEmpty() && name.chars().noneMatch(c -> " /,|>=\n".indexOf(c) >= 0),
        "\"%s\" cannot be a name in a plan",
        name);
    Actor actor = new Actor(actors.size(), address, id);
    network.register(actor);
    actors.add(actor);
    return actor;
  }

  /// Adds somebody who watches.
  public void observe(WorldObserver observer) {
    kernel.observers().add(observer);
  }

  /// Says which nodes that cannot start are excused. A full disk, and a sync that was made to fail
  /// during the start, always are.
  public void onStartFailure(StartFailureExcuse newExcuse) {
    excuse = newExcuse;
  }

  /// Puts a task of the scenario into the event queue. What it throws is thrown out of [#run]; what
  /// it does to nodes belongs into [SimulatedNode#call].
  public void schedule(long timeNanos, Runnable task) {
    kernel.schedule(
        timeNanos,
        () -> {
          kernel.executed(EventKind.TASK, 0, 0);
          try {
            task.run();
          } catch (SimulatedCrash crash) {
            // The task was in the middle of a node's code, and the node has crashed.
          }
        });
  }

  /// Runs chaos and healing to their end.
  ///
  /// @return the violation that stopped the world, or null
  public @Nullable Violation run() {
    return run(options.chaosDuration().plus(options.healDuration()).toNanos());
  }

  /// Runs until a moment of true time.
  ///
  /// @return the violation that stopped the world, or null
  public @Nullable Violation run(long untilNanos) {
    if (phase == Phase.SETUP) {
      begin();
    }
    kernel.run(untilNanos);
    return kernel.violation();
  }

  private void begin() {
    phase = Phase.CHAOS;
    kernel.schedule(options.chaosDuration().toNanos(), this::heal);
    network.chances(
        List.of(
            new Loss(choice(FaultFamily.LOSS)),
            new Delay(choice(FaultFamily.DELAY)),
            new Reorder(choice(FaultFamily.REORDER)),
            new Duplication(choice(FaultFamily.DUPLICATE))),
        driver::note);
    driver.schedule(scheduledFaults());
    for (SimulatedNode node : nodes.values()) {
      arm(node);
      kernel.schedule(0, node::start);
    }
  }

  private void heal() {
    phase = Phase.HEALING;
    driver.heal();
  }

  private List<PlanEntry> scheduledFaults() {
    return switch (options.faults()) {
      case FaultSource.Draw(var mix) ->
          new FaultSchedule(
                  root.fork("fault"),
                  mix,
                  names(actor -> actor.node() != null),
                  names(actor -> actor.node() == null),
                  options.chaosDuration().toNanos(),
                  options.wallClockError().toNanos())
              .draw();
      case FaultSource.Follow _ -> planned == null ? List.of() : planned.scheduled();
    };
  }

  private List<String> names(Function<Actor, Boolean> condition) {
    return actors.stream().filter(condition::apply).map(Actor::name).toList();
  }

  private ChanceRule.Choice choice(FaultFamily family) {
    return switch (options.faults()) {
      case FaultSource.Draw(var mix) -> new ChanceRule.Drawn(root.fork("fault"), family, mix);
      case FaultSource.Follow(Plan plan) ->
          new ChanceRule.Planned(planned == null ? new PlannedFaults(plan) : planned, family);
    };
  }

  private void arm(SimulatedNode node) {
    if (phase == Phase.HEALING) {
      return;
    }
    String name = node.actor().name();
    switch (options.faults()) {
      case FaultSource.Draw(var mix) -> {
        RandomSource faults = root.fork("fault");
        if (mix.has(FaultFamily.POINT)) {
          node.points(new CrashPoints.Drawn(faults, mix, name));
        }
        node.trouble()
            .syncFailure(new SyncFailure.Drawn(faults, mix, name), driver::noteSyncFailure);
      }
      case FaultSource.Follow(Plan plan) -> {
        PlannedFaults faults = planned == null ? new PlannedFaults(plan) : planned;
        node.points(new CrashPoints.Planned(faults, name));
        node.trouble().syncFailure(new SyncFailure.Planned(faults, name), driver::noteSyncFailure);
      }
    }
  }

  /// True time since the world began.
  public long nowNanos() {
    return kernel.nowNanos();
  }

  /// What the world goes through at the moment.
  public Phase phase() {
    return phase;
  }

  /// The fingerprint of all that has happened.
  public long digest() {
    return kernel.digest();
  }

  /// How many callbacks have run.
  public long eventCount() {
    return kernel.eventCount();
  }

  /// The violation that stopped the world, or null.
  public @Nullable Violation violation() {
    return kernel.violation();
  }

  /// Reports that a property of the system is broken: the world stops after the current event. The
  /// first violation counts.
  public void violate(String invariant, String detail) {
    kernel.violate(invariant, detail);
  }

  /// The faults that have happened, to be followed by another world of the same seed.
  public Plan plan() {
    Map<String, String> header = new LinkedHashMap<>();
    header.put("seed", Long.toString(options.seed()));
    switch (options.faults()) {
      case FaultSource.Draw(var mix) -> header.put("mix", mix.toString());
      case FaultSource.Follow(Plan plan) -> header.putAll(plan.header());
    }
    return new Plan(header, driver.happened());
  }

  /// How often each family of faults happened.
  public FaultCounts faultCounts() {
    return driver.counts();
  }

  /// The last words of nodes that stopped themselves.
  public List<Halt> halts() {
    return Collections.unmodifiableList(halts);
  }

  /// A node.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  public SimulatedNode node(NodeId id) {
    for (SimulatedNode node : nodes.values()) {
      if (node.id().equals(id)) {
        return node;
      }
    }
    throw new IllegalArgumentException("there is no node " + id);
  }

  /// All nodes, in the order in which they were added.
  public Collection<SimulatedNode> nodes() {
    return Collections.unmodifiableCollection(nodes.values());
  }

  /// A stream of random numbers for the scenario.
  public RandomSource random(String purpose) {
    return root.fork("scenario").fork(purpose);
  }

  /// The event queue, for layers of the simulator itself.
  public Kernel kernel() {
    return kernel;
  }

  /// The options that the world was made with.
  public WorldOptions options() {
    return options;
  }

  private final class NodeEvents implements SimulatedNode.Events {
    @Override
    public boolean onPoint(SimulatedNode node, PlanEntry entry) {
      return driver.strikePoint(node, entry, planned == null);
    }

    @Override
    public void onHalt(SimulatedNode node, String reason) {
      halts.add(new Halt(node.id(), kernel.nowNanos(), reason));
    }

    @Override
    public void onStartFailure(SimulatedNode node, RuntimeException failure) {
      boolean injected = failure instanceof DiskException && node.trouble().isFull();
      if (!injected && !driver.excuses(node) && !excuse.excuses(node, failure)) {
        kernel.violate("start-failure", node.id() + ": " + failure.getMessage());
      }
    }
  }
}
