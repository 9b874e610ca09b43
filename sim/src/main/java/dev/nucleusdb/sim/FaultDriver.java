package dev.nucleusdb.sim;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.fault.CrashPoints;
import dev.nucleusdb.sim.fault.DamageAtlas;
import dev.nucleusdb.sim.fault.FaultCounts;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultFamily.Harm;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.network.SimulatedNetwork;
import dev.nucleusdb.sim.time.EventKind;
import dev.nucleusdb.sim.time.Kernel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets faults happen: begins and ends them, writes down what happened, and heals the world.
/// Whether an entry was drawn or planned makes no difference here. An entry that changes nothing (a
/// crash of a node that is down) leaves no trace anywhere, so that a plan may leave it out.
final class FaultDriver {
  private static final int WATCHED_STARTS_MAX = 3;
  private static final long WATCHED_START_NANOS = 1_000_000_000L;
  private static final int STARTS_ON_THEIR_WAY_MAX = 20;

  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final Kernel kernel;
  private final SimulatedNetwork network;
  private final Map<String, SimulatedNode> nodes;
  private final RandomSource crashes;
  private final int crashesPerMinuteMax;
  private final FaultCounts counts = new FaultCounts();
  private final List<PlanEntry> happened = new ArrayList<>();
  private final Map<String, PlanEntry> lasting = new LinkedHashMap<>();
  private final Deque<Long> recentCrashes = new ArrayDeque<>();
  private final Map<String, Integer> struckIncarnations = new LinkedHashMap<>();
  private final StrikingFaults networkFaults;
  private final StrikingFaults diskFaults;
  private final StrikingFaults processFaults;
  private final StrikingFaults clockFaults;
  private final StrikingFaults orderFaults;
  private final DamageAtlas atlas;
  private Supplier<@Nullable String> aim = () -> null;
  private long lastTroubleNanos;
  private Collection<String> healed = List.of();
  private final Map<String, Integer> watchedStarts = new LinkedHashMap<>();
  private final Map<String, Integer> startsOnTheirWay = new LinkedHashMap<>();

  FaultDriver(
      Kernel kernel,
      SimulatedNetwork network,
      Map<String, SimulatedNode> nodes,
      RandomSource crashes,
      int crashesPerMinuteMax,
      DamageAtlas atlas) {
    this.atlas = atlas;
    this.kernel = kernel;
    this.network = network;
    this.nodes = nodes;
    this.crashes = crashes;
    this.crashesPerMinuteMax = crashesPerMinuteMax;
    this.networkFaults = new NetworkFaults(this, network, nodes.values());
    this.diskFaults = new DiskFaults(this);
    this.processFaults = new ProcessFaults(this, nodes.values());
    this.clockFaults = new ClockFaults(this);
    this.orderFaults = new OrderFaults(this, kernel);
  }

  FaultCounts counts() {
    return counts;
  }

  List<PlanEntry> happened() {
    return happened;
  }

  /// Who is struck by faults that are aimed: the answer names a node, or nobody at the moment.
  void aim(Supplier<@Nullable String> newAim) {
    aim = newAim;
  }

  /// The node at which faults are aimed now, if it is up.
  @Nullable SimulatedNode aimed() {
    String name = aim.get();
    SimulatedNode node = name == null ? null : nodes.get(name);
    return node != null && node.isUp() ? node : null;
  }

  /// Since when nothing has been wrong with the world; -1 if something is.
  long calmSinceNanos() {
    boolean calm =
        lasting.isEmpty() && nodes.values().stream().allMatch(n -> n.isUp() && !n.isPaused());
    if (!calm) {
      lastTroubleNanos = kernel.nowNanos();
    }
    return calm ? lastTroubleNanos : -1;
  }

  /// Puts scheduled entries into the event queue.
  void schedule(List<PlanEntry> entries) {
    for (PlanEntry entry : entries) {
      check(entry);
      kernel.schedule(entry.atNanos(), () -> strike(entry));
    }
  }

  /// A message was struck, or a sync.
  void note(PlanEntry entry) {
    counts.count(entry.family());
    lastTroubleNanos = kernel.nowNanos();
    happened.add(entry);
    kernel.fold(EventKind.FAULT_BEGIN, entry.name().hashCode(), entry.byNanos());
    kernel.observers().onFaultBegin(kernel.nowNanos(), entry);
  }

  /// A client does something. No fault, and nobody is told: clients tell of themselves.
  void noteOperation(PlanEntry entry) {
    happened.add(entry);
  }

  /// A call of a node's disk is about to be struck: the node may have to halt, and is started again
  /// later.
  ///
  /// @return whether it may be struck
  boolean strikeCall(PlanEntry entry) {
    if (!mayHarm(entry)) {
      return false;
    }
    note(entry);
    harm(entry);
    SimulatedNode node = node(entry);
    struckIncarnations.put(node.actor().name(), node.incarnationCount());
    if (entry.family().takesDown()) {
      startLater(node, entry.forNanos());
    }
    return true;
  }

  /// Whether a node cannot be blamed for not starting: its disk refuses calls, a call was struck in
  /// this incarnation, or what it had written was damaged.
  boolean excuses(SimulatedNode node) {
    Integer incarnation = struckIncarnations.get(node.actor().name());
    return (incarnation != null && incarnation == node.incarnationCount())
        || node.trouble().refuses()
        || atlas.isDamaged(node.actor().name());
  }

  /// A named place in a node's code is about to be struck, by chance or by plan: the node crashes
  /// here, or an exception is thrown.
  ///
  /// @return whether it is
  boolean strikePoint(SimulatedNode node, PlanEntry entry) {
    if (isSpared(node) || (atlas.limits() && !mayCrash())) {
      return false;
    }
    note(entry);
    if (entry.family() == FaultFamily.POINT) {
      crash(node, entry);
    } else {
      recentCrashes.add(kernel.nowNanos());
      startLater(node, entry.forNanos());
    }
    return true;
  }

  /// The nodes whose durable bytes were damaged, or that are gone for good.
  DamageAtlas atlas() {
    return atlas;
  }

  /// Ends everything that lasts in the core, and brings its nodes up. What lies outside stays as it
  /// is, for ever.
  ///
  /// @param core the names of the nodes that are healed
  void heal(Collection<String> core) {
    healed = core;
    kernel.executed(EventKind.HEAL, core.size(), 0);
    kernel.observers().onHeal(kernel.nowNanos());
    network.heal(actor -> actor.node() == null || core.contains(actor.name()));
    boolean all = core.size() == nodes.size();
    for (PlanEntry entry : List.copyOf(lasting.values())) {
      boolean ofTheWorld =
          entry.target().isEmpty() && entry.family().domain() != FaultFamily.Domain.NETWORK;
      if (all || ofTheWorld || core.contains(entry.target())) {
        end(entry);
      }
    }
    for (SimulatedNode node : nodes.values()) {
      if (isSpared(node)) {
        node.points(new CrashPoints.Never(), new CrashPoints.Never());
        node.trouble().calls().rules(Collections.emptyMap(), entry -> false);
      }
    }
    nodes.values().stream().filter(this::isSpared).forEach(SimulatedNode::resume);
    nodes.values().stream().filter(this::isSpared).forEach(SimulatedNode::start);
  }

  /// A node has stopped itself. In the healed core somebody watches over it and starts it again,
  /// but not for ever: one that stops each time stays down, and is seen to be.
  void halted(SimulatedNode node) {
    if (isSpared(node)
        && watchedStarts.merge(node.actor().name(), 1, Integer::sum) <= WATCHED_STARTS_MAX) {
      kernel.schedule(kernel.nowNanos() + WATCHED_START_NANOS, node::start);
    }
  }

  /// Whether a node is healed already.
  boolean isSpared(SimulatedNode node) {
    return healed.contains(node.actor().name());
  }

  long nowNanos() {
    return kernel.nowNanos();
  }

  private boolean mayHarm(PlanEntry entry) {
    if (entry.family().harm() == Harm.NONE || !atlas.limits()) {
      return true;
    }
    return entry.family().harm() == Harm.FORGETFUL
        ? atlas.admitsForgetting(entry.target())
        : atlas.admits(entry.target());
  }

  private void harm(PlanEntry entry) {
    if (entry.family().harm() == Harm.NONE) {
      return;
    }
    atlas.note(entry.target());
    if (entry.family().harm() == Harm.LASTING && atlas.retires()) {
      node(entry).retire();
    }
  }

  private void strike(PlanEntry entry) {
    if (!healed.isEmpty() || !kindOf(entry).isEffective(entry) || !mayHarm(entry)) {
      return;
    }
    note(entry);
    harm(entry);
    kindOf(entry).begin(entry);
    if (entry.family().lasts()) {
      lasting.put(entry.name(), entry);
      kernel.schedule(kernel.nowNanos() + entry.forNanos(), () -> end(entry));
    }
  }

  private void end(PlanEntry entry) {
    if (lasting.remove(entry.name()) == null) {
      return;
    }
    lastTroubleNanos = kernel.nowNanos();
    kernel.fold(EventKind.FAULT_END, entry.name().hashCode(), 0);
    kernel.observers().onFaultEnd(kernel.nowNanos(), entry);
    kindOf(entry).end(entry);
  }

  private StrikingFaults kindOf(PlanEntry entry) {
    return switch (entry.family().domain()) {
      case NETWORK -> networkFaults;
      case DISK -> diskFaults;
      case PROCESS -> processFaults;
      case CLOCK -> clockFaults;
      case ORDER -> orderFaults;
      case LOAD -> throw StrikingFaults.misplaced(entry);
    };
  }

  /// Takes a node down as an entry says, and starts it again later.
  void crash(SimulatedNode node, PlanEntry entry) {
    if (!node.isUp()) {
      return;
    }
    recentCrashes.add(kernel.nowNanos());
    RandomSource random = crashes.fork(entry.name()).fork(node.actor().name());
    CrashMode mode = entry.detail().isEmpty() ? CrashMode.KEEP : CrashMode.named(entry.detail());
    if (node.crash(entry.name(), mode, random)) {
      counts.count(FaultFamily.TORN);
    }
    startLater(node, entry.forNanos());
  }

  /// Starts a node after a while, if it is down then. Not if enough starts of it are on their way:
  /// where reading fails often, each start meets several failures, and starts would multiply.
  void startLater(SimulatedNode node, long delayNanos) {
    String name = node.actor().name();
    if (startsOnTheirWay.getOrDefault(name, 0) < STARTS_ON_THEIR_WAY_MAX) {
      startsOnTheirWay.merge(name, 1, Integer::sum);
      kernel.schedule(
          kernel.nowNanos() + delayNanos,
          () -> {
            startsOnTheirWay.merge(name, -1, Integer::sum);
            node.start();
          });
    }
  }

  private boolean mayCrash() {
    while (!recentCrashes.isEmpty()
        && recentCrashes.getFirst() < kernel.nowNanos() - MINUTE_NANOS) {
      recentCrashes.removeFirst();
    }
    return recentCrashes.size() < crashesPerMinuteMax;
  }

  /// Refuses entries that cannot be carried out, before the world begins.
  private void check(PlanEntry entry) {
    if (entry.family().trigger() != FaultFamily.Trigger.SCHEDULED) {
      throw new IllegalArgumentException(entry.name() + " does not happen at a moment");
    }
    kindOf(entry).check(entry);
  }

  /// The node that an entry strikes.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  SimulatedNode node(PlanEntry entry) {
    @Nullable SimulatedNode node = nodes.get(entry.target());
    require(node != null, "%s: there is no node of that name", entry.name());
    return java.util.Objects.requireNonNull(node);
  }
}
