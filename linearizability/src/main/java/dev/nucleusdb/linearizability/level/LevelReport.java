package dev.nucleusdb.linearizability.level;

import dev.nucleusdb.linearizability.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which levels a history is at.
///
/// @param linearizability the verdict on the strongest level, with its proof
/// @param levels what is said of each level, the strongest first; no level that holds implies one
///   that does not
/// @param broken the smallest sets of session guarantees that do not hold together; a guarantee
///   that is violated by itself is a set of one. Sets that could not be decided are missing
/// @param staleness by object that is not linearizable, how far its reads are behind
public record LevelReport(
    Verdict linearizability,
    SortedMap<Level, LevelVerdict> levels,
    List<List<Level>> broken,
    List<Staleness> staleness) {
  /// Copies the collections.
  public LevelReport {
    levels = Collections.unmodifiableSortedMap(new TreeMap<>(levels));
    broken = List.copyOf(broken);
    staleness = List.copyOf(staleness);
  }

  /// What is said of a level.
  public LevelVerdict of(Level level) {
    LevelVerdict verdict = levels.get(level);
    if (verdict == null) {
      throw new IllegalStateException("nothing is said of " + level.word());
    }
    return verdict;
  }

  /// Whether a level certainly holds.
  public boolean holds(Level level) {
    return of(level) instanceof LevelVerdict.Holds;
  }

  /// The levels that hold, without those that another one of them implies; none if none holds.
  public List<Level> strongest() {
    List<Level> strongest = new ArrayList<>();
    for (Level level : levels.keySet()) {
      if (holds(level) && strongest.stream().noneMatch(stronger -> stronger.implies(level))) {
        strongest.add(level);
      }
    }
    return strongest;
  }
}
