package dev.nucleusdb.sim;

import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.ambush.Ambushes;
import dev.nucleusdb.sim.disk.DiskImage;
import dev.nucleusdb.sim.disk.DiskTrouble;
import dev.nucleusdb.sim.disk.legal.DrawnChoices;
import dev.nucleusdb.sim.disk.legal.FileSystem;
import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.fault.CrashPoints;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.network.SimulatedNetwork;
import dev.nucleusdb.sim.time.EventKind;
import dev.nucleusdb.sim.time.InjectedFailure;
import dev.nucleusdb.sim.time.Kernel;
import dev.nucleusdb.sim.time.MachineClock;
import dev.nucleusdb.sim.time.Pace;
import dev.nucleusdb.sim.trace.Actor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A machine and the node on it, through all its incarnations. Disk and clock outlive the node.
public final class SimulatedNode {
  private final Machine machine;
  private final NodeId id;
  private final String name;
  private final NodeFactory factory;
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Pace pace = new Pace();
  private CrashPoints points = new CrashPoints.Never();
  private CrashPoints exceptions = new CrashPoints.Never();
  private @Nullable Ambushes ambushes;
  private boolean retired;
  private Incarnation incarnation;
  private int incarnationCount;

  /// What a machine consists of.
  ///
  /// @param kernel time and events
  /// @param network where it is connected
  /// @param actor who it is
  /// @param disk what is on its disk
  /// @param trouble what is wrong with its disk
  /// @param clock its clock
  /// @param random its stream
  /// @param events who is told of what becomes of it
  record Machine(
      Kernel kernel,
      SimulatedNetwork network,
      Actor actor,
      DiskImage disk,
      DiskTrouble trouble,
      MachineClock clock,
      RandomSource random,
      Events events) {}

  /// A named place in the node's code, and what strikes there.
  private static final class Place {
    final CrashPoints.Hits crashes;
    final CrashPoints.Hits exceptions;

    /// Over all incarnations.
    long hitCount;

    Place(CrashPoints.Hits crashes, CrashPoints.Hits exceptions) {
      this.crashes = crashes;
      this.exceptions = exceptions;
    }
  }

  /// What a node reports to its world.
  interface Events {
    /// A crash point asks to strike.
    ///
    /// @return whether the node is crashed now
    boolean onPoint(SimulatedNode node, PlanEntry entry);

    /// A node said its last words.
    void onHalt(SimulatedNode node, String reason);

    /// A node could not start.
    void onStartFailure(SimulatedNode node, RuntimeException failure);
  }

  SimulatedNode(Machine machine, NodeId id, NodeFactory factory) {
    this.machine = machine;
    this.id = id;
    this.name = id.toString();
    this.factory = factory;
    this.incarnation = new Incarnation(this, machine.kernel());
    incarnation.die();
  }

  /// Its name.
  public NodeId id() {
    return id;
  }

  /// Its name, in words that violations use.
  String name() {
    return name;
  }

  /// Who it is in traces.
  public Actor actor() {
    return machine.actor();
  }

  /// The node's object, for invariants to look into; null while it is down.
  public @Nullable Node running() {
    return incarnation.node();
  }

  /// Whether it runs, or stands still.
  public boolean isUp() {
    return incarnation.isAlive();
  }

  /// Whether it stands still.
  public boolean isPaused() {
    return incarnation.isPaused();
  }

  /// How many times it has been started.
  public int incarnationCount() {
    return incarnationCount;
  }

  /// What is on its disk, and how much of that is durable.
  public DiskImage disk() {
    return machine.disk();
  }

  /// What is wrong with its disk.
  public DiskTrouble trouble() {
    return machine.trouble();
  }

  /// Its machine's clock.
  public MachineClock clock() {
    return machine.clock();
  }

  /// Runs code in the node, as a callback of it: crashes and exceptions end here. Does nothing
  /// while it is down, waits while it stands still.
  public void call(Consumer<Node> code) {
    incarnation.execute(() -> {
      Node node = incarnation.node();
      if (node != null) {
        code.accept(node);
      }
    });
  }

  /// Starts it if it is down, and has not been retired.
  public void start() {
    if (isUp() || retired) {
      return;
    }
    incarnationCount++;
    Kernel kernel = machine.kernel();
    kernel.executed(EventKind.NODE_UP, actor().index(), incarnationCount);
    kernel.observers().onNodeUp(kernel.nowNanos(), actor(), incarnationCount);
    incarnation = new Incarnation(this, kernel);
    incarnation.begin(factory, machine.random().fork(incarnationCount));
  }

  /// Stops it in good order, if it is up: its `stop` runs, and the machine's cache is written out.
  public void stop() {
    call(Node::stop);
    if (isUp()) {
      exit("stopped");
    }
  }

  /// The machine loses power; does nothing if the node is down.
  ///
  /// @param random decides what becomes of unsynced bytes
  /// @return whether a page was torn
  public boolean crash(String reason, CrashMode mode, RandomSource random) {
    if (!isUp()) {
      return false;
    }
    goDown(reason);
    FileSystem fileSystem = trouble().fileSystem();
    boolean chooses = mode == CrashMode.PAGES || mode == CrashMode.MIXED;
    return (fileSystem != null && chooses)
        ? disk().crash(fileSystem, new DrawnChoices(random.fork("choices")))
        : disk().crash(mode, random);
  }

  /// It stands still from now on.
  public void pause() {
    incarnation.pause();
    machine.kernel().observers().onNodePaused(machine.kernel().nowNanos(), actor(), true);
  }

  /// It goes on; does nothing if it does not stand still.
  public void resume() {
    if (isPaused()) {
      machine.kernel().observers().onNodePaused(machine.kernel().nowNanos(), actor(), false);
      incarnation.resume();
    }
  }

  /// How slow it is at the moment.
  Pace pace() {
    return pace;
  }

  SimulatedNetwork network() {
    return machine.network();
  }

  /// What strikes at named places: given once, before the node runs, and perhaps nothing later on.
  void points(CrashPoints newPoints, CrashPoints newExceptions) {
    points = newPoints;
    exceptions = newExceptions;
  }

  /// What waits for it at named places: given once, before the node runs.
  void ambushes(Ambushes newAmbushes) {
    ambushes = newAmbushes;
  }

  /// Once it is down it stays down.
  void retire() {
    retired = true;
  }

  /// Whether it stays down once it is down.
  public boolean isRetired() {
    return retired;
  }

  /// The node reached a named place in its code.
  void reach(String point) {
    if (!(points instanceof CrashPoints.Never && exceptions instanceof CrashPoints.Never)) {
      strikeAt(point);
    }
    if (ambushes != null) {
      ambushes.pass(point, actor().name());
    }
  }

  private void strikeAt(String point) {
    Place place = places.get(point);
    if (place == null) {
      place = new Place(points.at(point), exceptions.at(point));
      places.put(point, place);
    }
    long ordinal = ++place.hitCount;
    PlanEntry crash = place.crashes.judge(ordinal);
    if (crash != null && machine.events().onPoint(this, crash)) {
      throw machine.kernel().crash(crash.name());
    }
    PlanEntry exception = place.exceptions.judge(ordinal);
    if (exception != null && machine.events().onPoint(this, exception)) {
      if (exception.detail().equals(CrashPoints.OUT_OF_MEMORY)) {
        throw new InjectedFailure.OutOfMemory(exception.name());
      }
      throw new InjectedFailure.Unexpected(exception.name());
    }
  }

  /// Its process died of an exception; the machine stays up.
  void died(InjectedFailure failure) {
    exit(failure.entryName());
  }

  void halted(String reason) {
    exit("halted: " + reason);
    machine.events().onHalt(this, reason);
  }

  void startFailed(RuntimeException failure) {
    exit("could not start: " + failure.getMessage());
    machine.events().onStartFailure(this, failure);
  }

  /// Its process is over; the machine goes on.
  private void exit(String reason) {
    goDown(reason);
    disk().exit();
    network().hangUp(actor());
  }

  private void goDown(String reason) {
    incarnation.die();
    Kernel kernel = machine.kernel();
    kernel.fold(EventKind.NODE_DOWN, actor().index(), incarnationCount);
    kernel.observers().onNodeDown(kernel.nowNanos(), actor(), reason);
  }
}
