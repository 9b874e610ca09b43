package dev.nucleusdb.sim;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.disk.SyncFailure;
import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.fault.CrashPoints;
import dev.nucleusdb.sim.fault.FaultCounts;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.network.Clog;
import dev.nucleusdb.sim.network.OneWayCut;
import dev.nucleusdb.sim.network.Partition;
import dev.nucleusdb.sim.network.SimulatedNetwork;
import dev.nucleusdb.sim.time.EventKind;
import dev.nucleusdb.sim.time.Kernel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  }

  FaultCounts counts() {
    return counts;
  }

  List<PlanEntry> happened() {
    return happened;
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
    if (healed || !isEffective(entry)) {
      return;
    }
    note(entry);
    begin(entry);
    boolean lasts =
        switch (entry.family()) {
          case PARTITION, ONE_WAY, CLOG, PAUSE, JUMP, SLOW_DISK, NO_SPACE -> true;
          case CRASH, CRASH_ALL, POINT, SKEW, DRIFT, SYNC_FAILURE -> false;
          case LOSS, DUPLICATE, DELAY, REORDER, TORN -> false;
        };
    if (lasts) {
      lasting.put(entry.name(), entry);
      kernel.schedule(kernel.nowNanos() + entry.forNanos(), () -> end(entry));
    }
  }

  private boolean isEffective(PlanEntry entry) {
    return switch (entry.family()) {
      case CRASH -> node(entry).isUp();
      case CRASH_ALL -> nodes.values().stream().anyMatch(SimulatedNode::isUp);
      case PAUSE -> node(entry).isUp() && !node(entry).isPaused();
      case PARTITION,
          ONE_WAY,
          LOSS,
          DUPLICATE,
          DELAY,
          REORDER,
          CLOG,
          POINT,
          SKEW,
          DRIFT,
          JUMP,
          SLOW_DISK,
          SYNC_FAILURE,
          NO_SPACE,
          TORN ->
          true;
    };
  }

  private void begin(PlanEntry entry) {
    switch (entry.family()) {
      case PARTITION -> network.impose(entry.name(), new Partition(entry.detail()));
      case ONE_WAY -> network.impose(entry.name(), new OneWayCut(entry.detail()));
      case CLOG -> network.impose(entry.name(), new Clog(entry.target()));
      case CRASH -> crash(node(entry), entry);
      case CRASH_ALL -> nodes.values().forEach(node -> crash(node, entry));
      case PAUSE -> node(entry).pause();
      case SKEW -> node(entry).clock().skew(entry.byNanos());
      case DRIFT -> node(entry).clock().drift(entry.byNanos());
      case JUMP -> node(entry).clock().jump(entry.byNanos());
      case SLOW_DISK -> node(entry).trouble().slower(entry.name(), entry.byNanos());
      case NO_SPACE -> node(entry).trouble().full(true);
      case LOSS, DUPLICATE, DELAY, REORDER, POINT, SYNC_FAILURE, TORN ->
          throw new IllegalArgumentException(entry.name() + " does not happen at a moment");
    }
  }

  private void end(PlanEntry entry) {
    if (lasting.remove(entry.name()) == null) {
      return;
    }
    kernel.fold(EventKind.FAULT_END, entry.name().hashCode(), 0);
    kernel.observers().onFaultEnd(kernel.nowNanos(), entry);
    switch (entry.family()) {
      case PARTITION, ONE_WAY, CLOG -> network.lift(entry.name());
      case PAUSE -> node(entry).resume();
      case JUMP -> node(entry).clock().jump(-entry.byNanos());
      case SLOW_DISK -> node(entry).trouble().faster(entry.name());
      case NO_SPACE -> {
        node(entry).trouble().full(false);
        startLater(node(entry), 0);
      }
      case LOSS,
          DUPLICATE,
          DELAY,
          REORDER,
          CRASH,
          CRASH_ALL,
          POINT,
          SKEW,
          DRIFT,
          SYNC_FAILURE,
          TORN -> {}
    }
  }

  private void crash(SimulatedNode node, PlanEntry entry) {
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

  private void startLater(SimulatedNode node, long delayNanos) {
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
    switch (entry.family()) {
      case PARTITION -> new Partition(entry.detail());
      case ONE_WAY -> new OneWayCut(entry.detail());
      case CRASH -> {
        node(entry);
        CrashMode.named(entry.detail());
      }
      case CRASH_ALL -> CrashMode.named(entry.detail());
      case PAUSE, SKEW, DRIFT, JUMP, SLOW_DISK, NO_SPACE -> node(entry);
      case CLOG -> {}
      case LOSS, DUPLICATE, DELAY, REORDER, POINT, SYNC_FAILURE, TORN ->
          throw new IllegalArgumentException(entry.name() + " does not happen at a moment");
    }
  }

  private SimulatedNode node(PlanEntry entry) {
    @Nullable SimulatedNode node = nodes.get(entry.target());
    require(node != null, "%s: there is no node of that name", entry.name());
    return java.util.Objects.requireNonNull(node);
  }
}
