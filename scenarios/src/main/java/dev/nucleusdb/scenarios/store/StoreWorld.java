package dev.nucleusdb.scenarios.store;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.database.node.DatabaseOptions;
import dev.nucleusdb.raft.RaftOptions;
import dev.nucleusdb.scenarios.cluster.Blueprint;
import dev.nucleusdb.scenarios.workload.OperationCounts;
import dev.nucleusdb.sim.disk.DiskImage;
import dev.nucleusdb.sim.disk.DiskTrouble;
import dev.nucleusdb.sim.fault.FaultCounts;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.time.Kernel;
import dev.nucleusdb.sim.trace.Violation;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One life, from a seed or along a plan.
public final class StoreWorld {
  /// The properties that every life is held to.
  public static final List<String> CHECKS =
      List.of(
          "DurableStays",
          "PrefixOfHistory",
          "AtomicBatches",
          "NoResurrection",
          "NoSilentWrongValue",
          "OneEpoch",
          "IdempotentRecovery",
          "OneIndex",
          "SpaceBound",
          "NoLeakedHandles",
          "NoLeftovers",
          "NoNonceTwice",
          "NoLeftParts",
          "NoFalseAlarm");

  /// The families that can strike a store alone.
  public static final Set<FaultFamily> FAMILIES = StoreFaults.families();

  private static final long EVENTS_MAX = 10_000_000;

  private final long seed;
  private final Kernel kernel = new Kernel(EVENTS_MAX, EVENTS_MAX);
  private final StoreFaults faults;
  private final StoreLife life;
  private final List<@Nullable StoreOperation> operations;

  /// @param families what may strike; all that a cluster may meet stands for all that a store may
  /// @param planter plants a bug, or does nothing
  /// @param plan what strikes, and what is done if it says that; null to draw both
  /// @param observers who else watches
  public StoreWorld(
      long seed,
      Set<FaultFamily> families,
      UnaryOperator<Blueprint> planter,
      @Nullable Plan plan,
      List<WorldObserver> observers) {
    this.seed = seed;
    RandomSource root = new SplitMix(seed).fork("store");
    StoreShape drawn = StoreShape.draw(root.fork("shape"));
    StoreShape shape = families.contains(FaultFamily.STALE_BLOCKS) ? drawn.recycling() : drawn;
    Blueprint blueprint =
        planter.apply(Blueprint.of(RaftOptions.DEFAULT, shape.options(), DatabaseOptions.DEFAULT));
    DiskTrouble trouble = new DiskTrouble(shape.profile(), root.fork("disk"));
    observers.forEach(kernel.observers()::add);
    faults =
        new StoreFaults(
            kernel,
            trouble,
            root.fork("faults"),
            withLocal(families),
            shape.operationCount(),
            plan);
    DiskImage image = new DiskImage();
    image.shrinkTo(shape.pageBytes());
    StoreMachine machine =
        new StoreMachine(
            kernel,
            blueprint,
            blueprint.bitcaskOptions(),
            shape.partBytes(),
            image,
            trouble,
            point -> faults.strikes());
    life = new StoreLife(kernel, shape, machine, faults, root.fork("crash"));
    operations = plan == null ? drawn(root, shape) : planned(plan, root, shape);
  }

  /// What all of a cluster means for a store alone.
  private static Set<FaultFamily> withLocal(Set<FaultFamily> families) {
    Set<FaultFamily> all = FaultFamily.parseList("all");
    if (families.containsAll(all)) {
      all.addAll(families);
      for (FaultFamily family : FaultFamily.values()) {
        if (family.harm() == FaultFamily.Harm.LOCAL) {
          all.add(family);
        }
      }
      return all;
    }
    return families;
  }

  private static List<@Nullable StoreOperation> drawn(RandomSource root, StoreShape shape) {
    List<@Nullable StoreOperation> drawn = new ArrayList<>();
    RandomSource stream = root.fork("operation");
    for (int i = 1; i <= shape.operationCount(); i++) {
      drawn.add(StoreOperation.draw(stream.fork(i), shape));
    }
    return drawn;
  }

  /// A plan that names operations runs no others.
  private static List<@Nullable StoreOperation> planned(
      Plan plan, RandomSource root, StoreShape shape) {
    boolean any = false;
    List<@Nullable StoreOperation> planned = new ArrayList<>();
    for (PlanEntry entry : plan.entries()) {
      if (entry.family() == FaultFamily.OPERATION) {
        any = true;
        while (planned.size() < entry.number()) {
          planned.add(null);
        }
        planned.set((int) entry.number() - 1, StoreOperation.parse(entry.detail()));
      }
    }
    boolean none = "planned".equals(plan.header().get("operations"));
    return any || none ? planned : drawn(root, shape);
  }

  /// Lives it.
  public void run() {
    life.run(operations);
  }

  /// The property that was broken, or null.
  public @Nullable Violation violation() {
    return kernel.violation();
  }

  /// The fingerprint of all that happened.
  public long digest() {
    return kernel.digest();
  }

  /// How many events there were.
  public long eventCount() {
    return kernel.eventCount();
  }

  /// How much time passed.
  public long nowNanos() {
    return kernel.nowNanos();
  }

  /// What came of the operations.
  public OperationCounts operations() {
    return life.work().counts();
  }

  /// What struck.
  public FaultCounts faults() {
    return faults.counts();
  }

  /// All that struck and, if something broke, all that was done.
  public Plan plan() {
    Map<String, String> header = new LinkedHashMap<>();
    header.put("seed", Long.toString(seed));
    List<PlanEntry> entries = new ArrayList<>(faults.entries());
    if (kernel.violation() != null) {
      header.put("operations", "planned");
    }
    for (int i = 1; kernel.violation() != null && i <= operations.size(); i++) {
      StoreOperation operation = operations.get(i - 1);
      long at = i * StoreLife.OPERATION_NANOS;
      if (operation != null) {
        entries.add(
            new PlanEntry(
                FaultFamily.OPERATION, StoreMachine.NAME, i, at, 0, 0, operation.toString()));
      }
    }
    return new Plan(header, entries);
  }
}
