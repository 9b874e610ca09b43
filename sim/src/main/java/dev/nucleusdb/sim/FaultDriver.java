package dev.nucleusdb.sim;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.disk.SyncFailure;
import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.fault.CrashPoints;
import dev.nucleusdb.sim.fault.FaultCounts;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.network.SimulatedNetwork;
import dev.nucleusdb.sim.time.EventKind;
import dev.nucleusdb.sim.time.Kernel;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
  private final Map<String, Integer> failedSyncs = new LinkedHashMap<>();
  private final StrikingFaults networkFaults;
  private final StrikingFaults diskFaults;
  private final StrikingFaults processFaults;
  private final StrikingFaults clockFaults;
  private final StrikingFaults orderFaults;
  private Supplier<@Nullable String> aim = () -> null;
  private long lastTroubleNanos;
  private boolean healed;

  FaultDriver(
      Kernel kernel,
      SimulatedNetwork network,
      Map<String, SimulatedNode> nodes,
      RandomSource crashes,
      int crashesPerMinuteMax) {
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

  /// A sync was struck; the node is expected to halt, and is started again later.
  void noteSyncFailure(PlanEntry entry) {
    note(entry);
    SimulatedNode node = node(entry);
    failedSyncs.put(node.actor().name(), node.incarnationCount());
    startLater(node, entry.forNanos());
  }

  /// Whether a sync was made to fail in the node's last incarnation.
  boolean excuses(SimulatedNode node) {
    Integer incarnation = failedSyncs.get(node.actor().name());
    return incarnation != null && incarnation == node.incarnationCount();
  }

  /// A crash point asks to strike by chance or by plan.
  ///
  /// @return whether it did
  boolean strikePoint(SimulatedNode node, PlanEntry entry, boolean drawn) {
    if (healed || (drawn && !mayCrash())) {
      return false;
    }
    note(entry);
    crash(node, entry);
    return true;
  }

  /// Ends everything that lasts, and brings all nodes up.
  void heal() {
    healed = true;
    network.chances(List.of(), entry -> {});
    kernel.executed(EventKind.HEAL, 0, 0);
    kernel.observers().onHeal(kernel.nowNanos());
    for (SimulatedNode node : nodes.values()) {
      node.points(new CrashPoints.Never());
      node.trouble().syncFailure(new SyncFailure.Never(), entry -> {});
    }
    List.copyOf(lasting.values()).forEach(this::end);
    nodes.values().forEach(SimulatedNode::resume);
    nodes.values().forEach(SimulatedNode::start);
  }

  private void strike(PlanEntry entry) {
    if (healed || !kindOf(entry).isEffective(entry)) {
      return;
    }
    note(entry);
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
    };
  }

  /// Takes a node down as an entry says, and starts it again later.
  void crash(SimulatedNode node, PlanEntry entry) {
    if (!node.isUp()) {
      return;
    }
    recentCrashes.add(kernel.nowNanos());
    RandomSource random = crashes.fork(entry.name()).fork(node.actor().name());
    if (node.crash(entry.name(), CrashMode.named(entry.detail()), random)) {
      counts.count(FaultFamily.TORN);
    }
    startLater(node, entry.forNanos());
  }

  /// Starts a node after a while, if it is down then.
  void startLater(SimulatedNode node, long delayNanos) {
    kernel.schedule(kernel.nowNanos() + delayNanos, node::start);
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
