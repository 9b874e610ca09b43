package dev.nucleusdb.sim.shrink;

import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// Finds a small plan that fails like a large one. It works because the fate of every message and
/// the moment of every fault and operation hang on names and not on what was drawn before, so that
/// the entries that stay do what they did.
///
/// ```
///   whole clients, families, targets go ──► delta debugging over single entries
///     ──► lengths and amounts are halved ──► moments and lengths are rounded
/// ```
///
/// Delta debugging: Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input",
/// 2002.
public final class Shrinker {
  private static final int HALVINGS_MAX = 8;
  private static final long SHORTEST_NANOS = 1_000_000;
  private static final long[] ROUND_NANOS = {1_000_000_000, 100_000_000, 10_000_000, 1_000_000};

  private final Predicate<Plan> stillFails;
  private final int runsMax;
  private int runCount;
  private Plan smallest = Plan.EMPTY;

  /// @param stillFails runs a world with the plan; true if it fails for the same reason
  /// @param runsMax how many worlds may be run
  public Shrinker(Predicate<Plan> stillFails, int runsMax) {
    this.stillFails = stillFails;
    this.runsMax = runsMax;
  }

  /// How many worlds were run.
  public int runCount() {
    return runCount;
  }

  /// The smallest plan found; the given one if it does not fail, or nothing can go.
  public Plan shrink(Plan plan) {
    smallest = plan;
    if (take(plan.keeping(entry -> false))) {
      return smallest;
    }
    withoutGroups(Shrinker::client);
    withoutGroups(entry -> entry.family().label());
    withoutGroups(entry -> entry.family().label() + '/' + entry.target());
    deltaDebug();
    shorten();
    round();
    return smallest;
  }

  private static String client(PlanEntry entry) {
    return entry.family() == FaultFamily.OPERATION ? entry.target() : "";
  }

  /// Leaves out all entries of one name at a time, the names of the last ones first.
  private void withoutGroups(Function<PlanEntry, String> nameOf) {
    Set<String> names = new LinkedHashSet<>();
    smallest.entries().reversed().forEach(entry -> names.add(nameOf.apply(entry)));
    for (String name : names) {
      if (!name.isEmpty()) {
        take(smallest.keeping(entry -> !nameOf.apply(entry).equals(name)));
      }
    }
  }

  private void deltaDebug() {
    int parts = 2;
    while (!smallest.entries().isEmpty() && runCount < runsMax) {
      if (withoutOnePart(parts)) {
        parts = Math.max(2, parts - 1);
      } else if (parts >= smallest.entries().size()) {
        return;
      } else {
        parts = Math.min(smallest.entries().size(), parts * 2);
      }
    }
  }

  private boolean withoutOnePart(int parts) {
    List<PlanEntry> entries = smallest.entries();
    int count = Math.min(parts, entries.size());
    for (int part = 0; part < count; part++) {
      int from = (int) ((long) entries.size() * part / count);
      int to = (int) ((long) entries.size() * (part + 1) / count);
      Set<String> removed = new LinkedHashSet<>();
      entries.subList(from, to).forEach(entry -> removed.add(entry.name()));
      if (take(smallest.keeping(entry -> !removed.contains(entry.name())))) {
        return true;
      }
    }
    return false;
  }

  private void shorten() {
    for (PlanEntry entry : smallest.entries()) {
      PlanEntry shorter = entry;
      for (int i = 0; i < HALVINGS_MAX && shorter.forNanos() >= 2 * SHORTEST_NANOS; i++) {
        PlanEntry half = shorter.lasting(shorter.forNanos() / 2);
        if (!take(smallest.replacing(half))) {
          break;
        }
        shorter = half;
      }
      for (int i = 0; i < HALVINGS_MAX && Math.abs(shorter.byNanos()) >= 2 * SHORTEST_NANOS; i++) {
        PlanEntry half = shorter.amountingTo(shorter.byNanos() / 2);
        if (!take(smallest.replacing(half))) {
          break;
        }
        shorter = half;
      }
    }
  }

  /// Makes moments round numbers, and lengths and amounts round ones that are no larger, the
  /// roundest that still do.
  private void round() {
    for (PlanEntry entry : smallest.entries()) {
      PlanEntry now = rounded(entry, entry.atNanos(), true, PlanEntry::beginningAt);
      now = rounded(now, now.forNanos(), false, PlanEntry::lasting);
      rounded(now, now.byNanos(), false, PlanEntry::amountingTo);
    }
  }

  private interface Change {
    PlanEntry to(PlanEntry entry, long nanos);
  }

  private PlanEntry rounded(PlanEntry entry, long nanos, boolean nearest, Change change) {
    for (long unit : ROUND_NANOS) {
      long round = nearest ? (nanos + unit / 2) / unit * unit : nanos / unit * unit;
      if (round == nanos) {
        return entry;
      }
      PlanEntry changed = change.to(entry, round);
      if (round != 0 && take(smallest.replacing(changed))) {
        return changed;
      }
    }
    return entry;
  }

  private boolean take(Plan candidate) {
    if (runCount >= runsMax || candidate.equals(smallest)) {
      return false;
    }
    runCount++;
    if (stillFails.test(candidate)) {
      smallest = candidate;
      return true;
    }
    return false;
  }
}
