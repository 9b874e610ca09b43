package dev.nucleusdb.sim;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Where a world leaves the course that its seed gives it. Up to the moment nothing changes; from
/// then on, whatever is drawn (latencies, faults, timeouts, the choices of clients) is drawn from
/// another seed. As a world is its seed, this is a saved midpoint and another way to go on from it.
///
/// ```
///   seed ────────────────●──── … as it was
///                        ├──── … branch seed 1
///                        └──── … branch seed 2
///                     atNanos
/// ```
///
/// @param atNanos the moment, in true time
/// @param seed what is drawn from then on; the world's own seed changes nothing
public record Branch(long atNanos, long seed) {
  /// Numbers of entries that would be taken twice are raised by so much.
  private static final long NUMBER_GAP = 1_000;

  /// @throws IllegalArgumentException if the moment is before the world begins
  public Branch {
    require(atNanos >= 0, "a branch at %d ns is before the world begins", atNanos);
  }

  /// One schedule of faults up to the moment, another one from it on. Where the later one would use
  /// a name again, its entry gets another number.
  ///
  /// @param before drawn from the world's seed
  /// @param after drawn from the branch's seed
  List<PlanEntry> join(List<PlanEntry> before, List<PlanEntry> after) {
    List<PlanEntry> joined = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (PlanEntry entry : before) {
      if (entry.atNanos() < atNanos && names.add(entry.name())) {
        joined.add(entry);
      }
    }
    for (PlanEntry entry : after) {
      if (entry.atNanos() >= atNanos) {
        PlanEntry free = entry;
        while (!names.add(free.name())) {
          free = numbered(free, free.number() + NUMBER_GAP);
        }
        joined.add(free);
      }
    }
    joined.sort(Comparator.comparingLong(PlanEntry::atNanos).thenComparing(PlanEntry::name));
    return joined;
  }

  private static PlanEntry numbered(PlanEntry entry, long number) {
    return new PlanEntry(
        entry.family(),
        entry.target(),
        number,
        entry.atNanos(),
        entry.forNanos(),
        entry.byNanos(),
        entry.detail());
  }
}
