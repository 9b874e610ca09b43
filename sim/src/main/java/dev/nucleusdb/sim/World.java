package dev.nucleusdb.sim;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.disk.DiskImage;
import dev.nucleusdb.sim.disk.DiskTrouble;
import dev.nucleusdb.sim.fault.BranchingRandom;
import dev.nucleusdb.sim.fault.DamageAtlas;
import dev.nucleusdb.sim.fault.FaultCounts;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.fault.Seconds;
import dev.nucleusdb.sim.fiber.FiberNode;
import dev.nucleusdb.sim.fiber.FiberOptions;
import dev.nucleusdb.sim.fiber.FiberProgram;
import dev.nucleusdb.sim.fiber.FiberSeams;
import dev.nucleusdb.sim.fiber.Fibers;
import dev.nucleusdb.sim.network.MessageNames;
import dev.nucleusdb.sim.network.SimulatedNetwork;
import dev.nucleusdb.sim.time.ActorTrace;
import dev.nucleusdb.sim.time.EventKind;
import dev.nucleusdb.sim.time.Journal;
import dev.nucleusdb.sim.time.Kernel;
import dev.nucleusdb.sim.time.MachineClock;
import dev.nucleusdb.sim.time.NodeTimers;
import dev.nucleusdb.sim.time.ProgressWatch;
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
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A whole world from one seed: nodes, clients, the network between them, their disks and clocks,
/// and the faults that strike them, in one event queue on one thread. Equal options and equal code
/// give equal worlds: equal digests, in every JVM.
///
/// First add nodes, clients and observers, then [#run].
public final class World {
  /// The line in a plan's header that says that clients do what stands in the plan and no more.
  public static final String OPERATIONS = "operations";

  private static final String OPERATIONS_PLANNED = "planned";

  /// The line in a plan's header that names the nodes that are healed when chaos ends.
  public static final String CORE = "core";

  private final WorldOptions options;
  private final Kernel kernel;
  private final RandomSource root;
  private final SimulatedNetwork network;
  private final FaultDriver driver;
  private final Map<String, SimulatedNode> nodes = new LinkedHashMap<>();
  private final List<Actor> actors = new ArrayList<>();
  private final List<Halt> halts = new ArrayList<>();
  private final FaultSupply supply;
  private MessageNames messageNames = MessageNames.NONE;
  private StartFailureExcuse excuse = (node, failure) -> false;
  private List<SimulatedNode> core = List.of();
  private boolean operationsNoted;
  private @Nullable Predicate<List<String>> quorums;
  private Phase phase = Phase.SETUP;

  /// A world without anybody in it.
  public World(WorldOptions options) {
    this.options = options;
    this.kernel = new Kernel(options.eventsPerSecondMax(), options.eventsPerInstantMax());
    this.root = root(options, kernel);
    this.network =
        new SimulatedNetwork(
            kernel, options.network(), root.fork("latency"), options.checksMessageBytes());
    this.driver =
        new FaultDriver(
            kernel,
            network,
            nodes,
            root.fork("crash"),
            options.crashesPerMinuteMax(),
            new DamageAtlas(damageBound(options)));
    this.supply = new FaultSupply(options, root.fork("fault"));
  }

  private static DamageAtlas.Bound damageBound(WorldOptions options) {
    if (options.beyond()) {
      return DamageAtlas.Bound.NONE;
    }
    return options.faults() instanceof FaultSource.Draw
        ? DamageAtlas.Bound.MINORITY
        : DamageAtlas.Bound.PLANNED;
  }

  private static RandomSource root(WorldOptions options, Kernel kernel) {
    SplitMix own = new SplitMix(options.seed());
    Branch branch = options.branch();
    return branch == null
        ? own
        : new BranchingRandom(
            own, new SplitMix(branch.seed()), () -> kernel.nowNanos() >= branch.atNanos());
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
    driver.atlas().addNode();
    if (phase != Phase.SETUP) {
      if (phase == Phase.CHAOS) {
        supply.arm(node, driver);
      }
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
    if (observer instanceof Journal journal) {
      kernel.keep(journal);
    }
  }

  /// Says which nodes that cannot start are excused. Those whose disk refuses calls, or was struck
  /// during the start, or was damaged, always are.
  public void onStartFailure(StartFailureExcuse newExcuse) {
    excuse = newExcuse;
  }

  /// Says who is struck by faults that are aimed, such as `crash-leader`: the name of the node that
  /// leads now, or null if nobody does. Without it no such fault happens. Must depend on the world
  /// alone, so that a plan strikes whom the drawn fault struck.
  public void aim(Supplier<@Nullable String> leader) {
    driver.aim(leader);
  }

  /// Says that not always a majority of all nodes decides.
  ///
  /// @param voterCountMin the fewest nodes that ever decide: damage strikes a minority of so many
  /// @param suffices whether nodes can serve by themselves from now on; asked when chaos ends
  public void decideOtherwise(int voterCountMin, Predicate<List<String>> suffices) {
    driver.atlas().voterCount(voterCountMin);
    quorums = suffices;
  }

  /// Says when the system knows a node by its disk: only then, and at a minority, a drawn `wipe`
  /// brings a node back with an empty one. Without it none does.
  ///
  /// @param nodes whether that is so for a node, by its name; asked before each strike
  public void knowsByDisk(Predicate<String> nodes) {
    driver.atlas().knowsByDisk(nodes);
  }

  /// Says what the kinds of messages are called, for faults that strike only some, and for traces.
  /// Without it no such fault is drawn.
  public void classifyMessages(MessageNames names) {
    messageNames = names;
    network.names(names);
  }

  /// Stops the world with the violation `no-progress` if a number stands still for
  /// [WorldOptions#noProgressMax] in which no fault was struck or stood and all nodes were up.
  ///
  /// @param progress how far the scenario has come, such as operations acknowledged
  /// @param untilNanos when the scenario stops working by itself, in true time
  public void watchProgress(LongSupplier progress, long untilNanos) {
    new ProgressWatch(
            kernel, driver::calmSinceNanos, progress, options.noProgressMax().toNanos(), untilNanos)
        .begin();
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
    Branch branch = options.branch();
    if (branch != null) {
      // Before everything else of that moment: the digest is that of all that came before.
      kernel.schedule(
          branch.atNanos(), () -> kernel.observers().onBranch(kernel.nowNanos(), kernel.digest()));
    }
    kernel.schedule(options.chaosDuration().toNanos(), this::heal);
    network.chances(supply.chanceRules(actors), driver::note);
    driver.schedule(supply.scheduled(actors, messageNames));
    supply.layAmbushes(actors, nodes.values(), driver);
    for (SimulatedNode node : nodes.values()) {
      supply.arm(node, driver);
      kernel.schedule(0, node::start);
    }
  }

  private void heal() {
    phase = Phase.HEALING;
    driver.heal(core().stream().map(node -> node.actor().name()).toList());
  }

  /// The nodes that are healed when chaos ends, see [DamageAtlas#drawCore]. Drawn by the seed, or
  /// named by the header `core` of a plan.
  public List<SimulatedNode> core() {
    if (core.isEmpty()) {
      core = drawCore();
    }
    return core;
  }

  private List<SimulatedNode> drawCore() {
    List<SimulatedNode> all = List.copyOf(nodes.values());
    if (options.faults() instanceof FaultSource.Follow(Plan plan)) {
      List<String> named = List.of(plan.header().getOrDefault(CORE, "").split(",", -1));
      List<SimulatedNode> found =
          all.stream().filter(node -> named.contains(node.actor().name())).toList();
      return found.isEmpty() ? all : found;
    }
    List<String> names = all.stream().map(node -> node.actor().name()).toList();
    List<String> drawn =
        driver.atlas().drawCore(root.fork("core"), options.coreShare(), names, this::suffices);
    return all.stream().filter(node -> drawn.contains(node.actor().name())).toList();
  }

  private boolean suffices(List<String> names) {
    Predicate<List<String>> rule = quorums;
    return rule == null ? names.size() > nodes.size() / 2 : rule.test(names);
  }

  /// Whether a node's durable bytes were damaged, or it is gone for good: it need not be up, nor
  /// know what it knew.
  public boolean isDamaged(SimulatedNode node) {
    return driver.atlas().isDamaged(node.actor().name());
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

  /// What a client is to do, in order; null if it may do what it likes.
  public @Nullable List<PlanEntry> plannedOperations(Address client) {
    if (!(options.faults() instanceof FaultSource.Follow(Plan plan))
        || !plan.header().getOrDefault(OPERATIONS, "").equals(OPERATIONS_PLANNED)) {
      return null;
    }
    return plan.entries().stream()
        .filter(entry -> entry.family() == FaultFamily.OPERATION)
        .filter(entry -> entry.target().equals(client.name()))
        .toList();
  }

  /// A client begins an operation now, which becomes an entry of the world's plan.
  ///
  /// @param number which one of the client, from 1
  /// @param dueNanos when it was to begin; what delays callbacks may have made it later
  /// @param words what it does, without blanks, in the scenario's own words
  public void noteOperation(Address client, long number, long dueNanos, String words) {
    operationsNoted = true;
    driver.noteOperation(
        new PlanEntry(FaultFamily.OPERATION, client.name(), number, dueNanos, 0, 0, words));
  }

  /// The faults and operations that have happened, to be followed by another world of the same
  /// seed.
  public Plan plan() {
    Map<String, String> header = new LinkedHashMap<>();
    header.put("seed", Long.toString(options.seed()));
    options.network().writeTo(header);
    switch (options.faults()) {
      case FaultSource.Draw draw -> draw.writeTo(header);
      case FaultSource.Follow(Plan plan) -> header.putAll(plan.header());
    }
    if (operationsNoted) {
      header.put(OPERATIONS, OPERATIONS_PLANNED);
    }
    if (core.size() < nodes.size() && !core.isEmpty()) {
      header.put(CORE, String.join(",", core.stream().map(node -> node.actor().name()).toList()));
    }
    Branch branch = options.branch();
    if (branch != null) {
      header.put("branch-at", Seconds.format(branch.atNanos()));
      header.put("branch-seed", Long.toString(branch.seed()));
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
      return driver.strikePoint(node, entry);
    }

    @Override
    public void onHalt(SimulatedNode node, String reason) {
      halts.add(new Halt(node.id(), kernel.nowNanos(), reason));
      driver.halted(node);
    }

    @Override
    public void onStartFailure(SimulatedNode node, RuntimeException failure) {
      if (!driver.excuses(node) && !excuse.excuses(node, failure)) {
        kernel.violate("start-failure", node.id() + ": " + failure.getMessage());
      }
    }
  }
}
