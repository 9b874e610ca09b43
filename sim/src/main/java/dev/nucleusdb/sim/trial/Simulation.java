package dev.nucleusdb.sim.trial;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.sim.NodeFactory;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fiber.FiberProgram;
import dev.nucleusdb.sim.fiber.Fibers;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.MessageFate;
import dev.nucleusdb.sim.trace.Violation;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One world of a test, with the few things that most tests do to it. Whatever else a world can do,
/// [#world] does.
public final class Simulation {
  private final World world;
  private final long seed;
  private final int nodes;
  private final Map<String, Boolean> states = new LinkedHashMap<>();
  private int actorCount;
  private long deliveredCount;
  private boolean hasRun;

  /// The world of one seed, for who runs it without [Trials].
  public static Simulation of(TrialOptions options, long seed) {
    return new Simulation(options.world(seed, null), options.nodes());
  }

  Simulation(WorldOptions options, int nodes) {
    this.world = new World(options);
    this.seed = options.seed();
    this.nodes = nodes;
    world.observe(new DeliveryCounter());
  }

  /// The world itself.
  public World world() {
    return world;
  }

  /// The seed that the world is made from.
  public long seed() {
    return seed;
  }

  /// How many nodes the test was asked to have.
  public int nodeCount() {
    return nodes;
  }

  /// Where the nodes are reached, `n1` first.
  public List<Address> addresses() {
    List<Address> addresses = new ArrayList<>();
    for (int i = 1; i <= nodes; i++) {
      addresses.add(address(i));
    }
    return addresses;
  }

  /// Where a node is reached, from 1.
  public Address address(int node) {
    return new Address("n" + node);
  }

  /// Puts a node of callbacks on each address.
  public void nodes(NodeFactory factory) {
    for (int i = 1; i <= nodes; i++) {
      actorCount++;
      world.addNode(new NodeId(i), address(i), factory);
    }
  }

  /// Puts a node that runs a blocking program on each address.
  public void programs(FiberProgram program) {
    for (int i = 1; i <= nodes; i++) {
      actorCount++;
      world.addProgram(new NodeId(i), address(i), program);
    }
  }

  /// Adds a client that runs a blocking program; it never crashes.
  public Fibers client(String name, FiberProgram program) {
    actorCount++;
    return world.addClient(new Address(name), program);
  }

  /// Adds somebody who watches.
  public void observe(WorldObserver observer) {
    world.observe(observer);
  }

  /// Runs the world to its end: faults, then recovery.
  ///
  /// @throws BrokenPropertyError if the world was stopped by a violation
  public void run() {
    hasRun = true;
    Violation violation = world.run();
    if (violation != null) {
      throw new BrokenPropertyError(violation.invariant(), violation.detail());
    }
  }

  /// Judges the world: a property of the system under test holds, or the test fails.
  ///
  /// @param property its name; failures of one name are taken for the same when faults are removed
  /// @throws BrokenPropertyError if it does not
  public void check(String property, boolean holds, String detail) {
    if (!holds) {
      throw new BrokenPropertyError(property, detail);
    }
  }

  /// A state that is allowed and rare, and that some world of the test must reach: otherwise the
  /// test does not test what it claims to.
  ///
  /// @return the condition
  public boolean sometimes(String name, boolean condition) {
    states.merge(name, condition, Boolean::logicalOr);
    return condition;
  }

  /// The states and whether they were reached.
  Map<String, Boolean> states() {
    return states;
  }

  /// Runs the world if the test has not, and makes sure that something happened in it.
  void finish() {
    if (!hasRun) {
      run();
    }
    check("vacuity", world.eventCount() > 0, "nothing happened in this world");
    check(
        "vacuity",
        actorCount < 2 || deliveredCount > 0,
        "no message arrived between " + actorCount + " nodes and clients");
  }

  private final class DeliveryCounter implements WorldObserver {
    @Override
    public void onMessage(
        long sentNanos,
        Actor from,
        Actor to,
        int sizeBytes,
        byte firstByte,
        MessageFate fate,
        long endedNanos) {
      if (fate == MessageFate.DELIVERED) {
        deliveredCount++;
      }
    }
  }
}
