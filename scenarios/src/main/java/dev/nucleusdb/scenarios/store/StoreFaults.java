package dev.nucleusdb.scenarios.store;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.disk.CallFaults;
import dev.nucleusdb.sim.disk.DiskTrouble;
import dev.nucleusdb.sim.disk.Rot;
import dev.nucleusdb.sim.fault.CounterRandom;
import dev.nucleusdb.sim.fault.FaultCounts;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.OrdinalFaults;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.fault.PlannedFaults;
import dev.nucleusdb.sim.time.EventKind;
import dev.nucleusdb.sim.time.Kernel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What strikes one life, drawn or planned. Crashes are counted within their operation, so that a
/// plan from which one was taken is followed as before: `point/s1/op17/3 down=0s disk=mixed` is a
/// loss of power at the third named point that is passed in the course of operation 17, recoveries
/// included.
final class StoreFaults {
  /// How a crash ends that leaves the machine up.
  static final String EXIT = "exit";

  private static final String[] MODES = {"drop", "keep", "pages", "mixed", "mixed", "mixed", EXIT};
  private static final int POINTS_MAX = 100_000;
  private static final int IN_RECOVERY_MAX = 6;
  private static final double RATE_MIN = 0.002;
  private static final double RATE_MAX = 0.05;

  /// Families that last for some operations.
  private static final List<FaultFamily> WINDOWS =
      List.of(FaultFamily.NO_SPACE, FaultFamily.READ_ONLY, FaultFamily.HANDLES, FaultFamily.STALL);

  /// All that can strike.
  static Set<FaultFamily> families() {
    EnumSet<FaultFamily> families = EnumSet.of(FaultFamily.POINT, FaultFamily.STALE_BLOCKS);
    families.addAll(List.of(FaultFamily.BAD_BLOCK, FaultFamily.BAD_FILE));
    families.addAll(WINDOWS);
    families.addAll(CallFaults.FAMILIES);
    return Collections.unmodifiableSet(families);
  }

  private final Kernel kernel;
  private final DiskTrouble trouble;
  private final @Nullable PlannedFaults planned;
  private final List<PlanEntry> entries = new ArrayList<>();
  private final FaultCounts counts = new FaultCounts();
  private final Set<FaultFamily> families;
  private final CounterRandom hits;
  private final CounterRandom modes;
  private final double pointRate;
  private final double recoveryRate;
  private final List<PlanEntry> windows;
  private Map<Long, PlanEntry> plannedPoints = Collections.emptyMap();
  private long operation;
  private long points;
  private int crashesOfOperation;
  private boolean recovering;
  private boolean over;
  private boolean spared;
  private String mode = "drop";
  private @Nullable String stopMode;
  private long damagedReads;
  private boolean harmed;

  StoreFaults(
      Kernel kernel,
      DiskTrouble trouble,
      RandomSource random,
      Set<FaultFamily> families,
      int operationCount,
      @Nullable Plan plan) {
    this.kernel = kernel;
    this.trouble = trouble;
    this.families = families;
    this.planned = plan == null ? null : new PlannedFaults(plan);
    this.hits = new CounterRandom(random.fork("hit"));
    this.modes = new CounterRandom(random.fork("mode"));
    RandomSource rates = random.fork("rates");
    boolean crashes = families.contains(FaultFamily.POINT);
    this.pointRate = crashes ? logarithmic(rates, 0.003, 0.1) : 0;
    this.recoveryRate = crashes && rates.chance(0.7) ? logarithmic(rates, 0.02, 0.3) : 0;
    this.windows =
        planned == null ? drawWindows(random, families, operationCount) : planned.scheduled();
    trouble.calls().rules(rules(random, families), this::strikeCall);
  }

  private Map<FaultFamily, OrdinalFaults> rules(RandomSource random, Set<FaultFamily> families) {
    Map<FaultFamily, OrdinalFaults> rules = new EnumMap<>(FaultFamily.class);
    for (FaultFamily family : CallFaults.FAMILIES) {
      RandomSource own = random.fork(family.label());
      if (planned != null) {
        rules.put(family, new OrdinalFaults.Planned(planned, family, StoreMachine.NAME));
      } else if (families.contains(family) && own.chance(0.2)) {
        boolean always = family == FaultFamily.LYING_SYNC && own.chance(0.3);
        double rate = always ? 1 : logarithmic(own, RATE_MIN, RATE_MAX);
        FaultMix mix = FaultMix.NONE.with(family, rate, 0);
        rules.put(
            family,
            new OrdinalFaults.Drawn(
                random, mix, family, StoreMachine.NAME, CallFaults.detailsOf(family)));
      }
    }
    return rules;
  }

  private static List<PlanEntry> drawWindows(
      RandomSource random, Set<FaultFamily> families, int operationCount) {
    List<PlanEntry> drawn = new ArrayList<>();
    for (FaultFamily family : WINDOWS) {
      RandomSource own = random.fork(family.label());
      int count = families.contains(family) && own.chance(0.25) ? 1 + own.nextInt(3) : 0;
      for (int number = 1; number <= count; number++) {
        long from = 1L + own.nextInt(operationCount);
        long length = 1L + own.nextInt(20);
        drawn.add(
            new PlanEntry(
                family,
                StoreMachine.NAME,
                number,
                from * StoreLife.OPERATION_NANOS,
                length * StoreLife.OPERATION_NANOS,
                0,
                ""));
      }
    }
    return drawn;
  }

  private static double logarithmic(RandomSource random, double min, double max) {
    return min * StrictMath.exp(random.nextDouble() * StrictMath.log(max / min));
  }

  /// The next operation begins.
  void begin(long number) {
    operation = number;
    points = 0;
    spared = false;
    crashesOfOperation = 0;
    if (planned != null) {
      plannedPoints = planned.of(FaultFamily.POINT, target());
    }
    long now = number * StoreLife.OPERATION_NANOS;
    for (PlanEntry window : windows) {
      if (window.atNanos() == now) {
        note(window);
        toggle(window, true);
      }
      if (window.atNanos() + window.forNanos() == now) {
        toggle(window, false);
      }
    }
  }

  private void toggle(PlanEntry window, boolean begins) {
    switch (window.family()) {
      case NO_SPACE -> trouble.full(window.name(), begins);
      case READ_ONLY -> trouble.readOnly(window.name(), begins);
      case HANDLES -> trouble.withoutHandles(window.name(), begins);
      case STALL -> {
        if (begins) {
          trouble.stalled(window.name());
        } else {
          trouble.flowing(window.name());
        }
      }
      default -> throw new IllegalArgumentException(window.name() + " is no fault of a store");
    }
  }

  /// The power does not fail any more in this operation.
  void spare() {
    spared = true;
  }

  /// Nothing strikes any more.
  void end() {
    over = true;
    windows.forEach(window -> toggle(window, false));
    trouble.calls().rules(new EnumMap<>(FaultFamily.class), entry -> false);
  }

  private String target() {
    return StoreMachine.NAME + "/op" + operation;
  }

  /// Whether the power fails at this point.
  boolean strikes() {
    points++;
    if (over || spared) {
      return false;
    }
    PlanEntry entry = planned == null ? drawn() : plannedPoints.get(points);
    if (entry == null) {
      return false;
    }
    crashesOfOperation++;
    note(entry);
    mode = entry.detail();
    return true;
  }

  private @Nullable PlanEntry drawn() {
    double rate = recovering ? recoveryRate : pointRate;
    long counter = operation * POINTS_MAX + points;
    boolean struck = crashesOfOperation < IN_RECOVERY_MAX && hits.unit(counter) < rate;
    return struck
        ? new PlanEntry(FaultFamily.POINT, target(), points, 0, 0, 0, modeOf(counter))
        : null;
  }

  private String modeOf(long counter) {
    return MODES[(int) modes.upTo(MODES.length - 1L, counter)];
  }

  /// Fixes what becomes of the disk when the process has to stop.
  void stopWith(String fixed) {
    stopMode = fixed;
  }

  /// What the last crash does to the disk.
  String mode() {
    return mode;
  }

  /// What becomes of the disk when the process had to stop; no fault of its own.
  String modeOfStop() {
    return stopMode != null ? stopMode : modeOf(-operation * POINTS_MAX - points);
  }

  /// A number for this moment.
  double chance(long purpose) {
    return hits.unit(-(operation * POINTS_MAX + points) * 8 - purpose);
  }

  void recovering(boolean begins) {
    recovering = begins;
  }

  private boolean strikeCall(PlanEntry entry) {
    note(entry);
    switch (entry.family()) {
      case FLIPPED_READ, MISREAD, STALE_READ -> damagedReads++;
      // What a failed sync was for may look as it did before: reading it proves nothing.
      case SYNC_FAILURE -> damagedReads++;
      case LOST_WRITE, MISDIRECTED_WRITE, LYING_SYNC, LATE_SYNC_FAILURE, HIDDEN_SYNC_LOSS ->
          harmed = true;
      default -> {}
    }
    return true;
  }

  /// How many reads have shown, or may show, what is not there.
  long damagedReads() {
    return damagedReads + trouble.revertedSyncs();
  }

  /// Whether something was done to this disk that nobody was told of.
  boolean isHarmed() {
    return harmed;
  }

  /// Whether copies of the disk may be damaged so.
  boolean mayDamage(Rot rot) {
    return families.contains(StoreWork.familyOf(rot));
  }

  /// The disk is a new one.
  void newDisk() {
    harmed = false;
  }

  /// A fault that is made elsewhere.
  void note(PlanEntry entry) {
    entries.add(entry);
    counts.count(entry.family());
    kernel.fold(EventKind.FAULT_BEGIN, entry.name().hashCode(), entry.forNanos());
    kernel.observers().onFaultBegin(kernel.nowNanos(), entry);
  }

  FaultCounts counts() {
    return counts;
  }

  List<PlanEntry> entries() {
    return entries;
  }
}
