package dev.nucleusdb.scenarios.search;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.Branch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The worlds that reached something new, and the moments at which they did. What comes next is
/// half of the time a world of a new seed, and half of the time one of these, left shortly before
/// such a moment for another course: near a rare state there are more.
///
/// A choice is a seed and a branch, so whatever is found this way is replayed like any other world.
public final class Corpus {
  /// More worlds than this are not kept; the least fruitful goes first.
  public static final int ENTRIES_MAX = 1_000;

  /// An entry that brought nothing new so many times is no longer asked.
  private static final int FRUITLESS_MAX = 12;

  private static final long BEFORE_MAX_NANOS = 2_000_000_000;

  /// A world worth coming back to.
  ///
  /// @param seed where it came from
  /// @param atNanos when it first reached something new
  /// @param newCount how many new states it reached
  public record Entry(long seed, long atNanos, int newCount) {}

  private final RandomSource random;
  private final Set<Long> states = new LinkedHashSet<>();
  private final List<Kept> kept = new ArrayList<>();
  private long branchCount;

  private static final class Kept {
    private final Entry entry;
    private int fruitless;

    Kept(Entry entry) {
      this.entry = entry;
    }
  }

  /// @param seed from which choices are drawn
  public Corpus(long seed) {
    this.random = new SplitMix(seed).fork("corpus");
  }

  /// How many abstract states have been reached.
  public int stateCount() {
    return states.size();
  }

  /// The states that have been reached.
  public Set<Long> states() {
    return Collections.unmodifiableSet(states);
  }

  /// The worlds that are kept.
  public List<Entry> entries() {
    return kept.stream().map(one -> one.entry).toList();
  }

  /// Takes over what another campaign knew.
  public void restore(Set<Long> knownStates, List<Entry> known) {
    states.addAll(knownStates);
    known.forEach(this::keep);
  }

  /// The next world to run.
  ///
  /// @param freshSeed the seed to take if it is to be a new one
  public WorldChoice choose(long freshSeed) {
    if (kept.isEmpty() || random.chance(0.5)) {
      return new WorldChoice(freshSeed, null);
    }
    // The later entries know the rarer states: the earlier of two draws is left.
    int index = Math.max(random.nextInt(kept.size()), random.nextInt(kept.size()));
    Kept chosen = kept.get(index);
    Entry entry = chosen.entry;
    chosen.fruitless++;
    if (chosen.fruitless >= FRUITLESS_MAX) {
      kept.remove(index);
    }
    long before = random.nextBetween(0, Math.min(BEFORE_MAX_NANOS, entry.atNanos()));
    long at = Math.max(0, entry.atNanos() - before) / 1_000_000 * 1_000_000;
    branchCount++;
    return new WorldChoice(entry.seed(), new Branch(at, 1_000_000_007L * branchCount + freshSeed));
  }

  /// What a world reached. Only worlds that keep to their seed are kept themselves; what a branch
  /// finds is credited to the world that it left.
  ///
  /// @return how many states are new
  public int add(WorldChoice choice, Map<Long, Long> firstSeen) {
    int newCount = 0;
    long latest = 0;
    for (Map.Entry<Long, Long> seen : firstSeen.entrySet()) {
      if (states.add(seen.getKey())) {
        newCount++;
        latest = Math.max(latest, seen.getValue());
      }
    }
    if (newCount == 0) {
      return 0;
    }
    if (choice.branch() == null) {
      keep(new Entry(choice.seed(), latest, newCount));
    } else {
      credit(choice.seed());
    }
    return newCount;
  }

  private void credit(long seed) {
    for (Kept one : kept) {
      if (one.entry.seed() == seed) {
        one.fruitless = 0;
        return;
      }
    }
  }

  private void keep(Entry entry) {
    if (kept.size() >= ENTRIES_MAX) {
      Kept worst = kept.getFirst();
      for (Kept one : kept) {
        worst = one.fruitless > worst.fruitless ? one : worst;
      }
      kept.remove(worst);
    }
    kept.add(new Kept(entry));
  }
}
