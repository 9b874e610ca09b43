package dev.nucleusdb.linearizability.level;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.ObjectVerdict;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.search.SearchOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Judges the levels in an order in which the cheap ones spare the costly ones: what one level says
/// is said at once of all that it implies, or that imply it.
///
/// ```
///   linearizable? ─ yes ─► all
///        │ no
///      pram? ─ no ─► causal and sequential violated
///        │                                                 ┌► the four guarantees,
///   sequential? ─ yes ─► causal, …   ─ no ─► causal? ──────┴► and sets of them
/// ```
final class Ladder<S> {
  private static final List<Level> GUARANTEES =
      List.of(
          Level.READ_YOUR_WRITES,
          Level.MONOTONIC_READS,
          Level.MONOTONIC_WRITES,
          Level.WRITES_FOLLOW_READS);

  private final SortedMap<Level, LevelVerdict> levels = new TreeMap<>();
  private final Model<S> model;
  private final History history;
  private final Limits limits;
  private final LevelJudge<S> judge;

  /// @param model the model, fitted to the history
  Ladder(Model<S> model, History history, Limits limits, SearchOptions options) {
    this.model = model;
    this.history = history;
    this.limits = limits;
    this.judge = new LevelJudge<>(model, history.operations(), limits, options);
  }

  LevelReport climb(Verdict verdict) {
    decide(Level.LINEARIZABLE, ofVerdict(verdict));
    decide(Level.PRAM, null);
    if (levels.get(Level.PRAM) instanceof LevelVerdict.Violated) {
      sayWhatNobodyExplains();
    }
    decide(Level.CAUSAL, null);
    decide(Level.SEQUENTIAL, null);
    decide(Level.CAUSAL, null);
    GUARANTEES.forEach(level -> decide(level, null));
    return new LevelReport(verdict, levels, broken(), staleness(verdict));
  }

  private static LevelVerdict ofVerdict(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid _ -> new LevelVerdict.Holds(Level.LINEARIZABLE, List.of());
      case Verdict.Invalid invalid ->
          new LevelVerdict.Violated(Level.LINEARIZABLE, Conflict.of(invalid.counterexample()));
      case Verdict.Unknown unknown ->
          new LevelVerdict.Undecided(LevelVerdict.Reason.of(unknown.cause()));
    };
  }

  /// Says of a level what is known, or judges it, and says the same of all that follow.
  private void decide(Level level, @Nullable LevelVerdict known) {
    if (!isOpen(level)) {
      return;
    }
    LevelVerdict verdict = known == null ? judge.judge(level) : known;
    levels.put(level, verdict);
    for (Level other : Level.values()) {
      boolean follows =
          switch (verdict) {
            case LevelVerdict.Holds _ -> level.implies(other);
            case LevelVerdict.Violated _ -> other.implies(level);
            case LevelVerdict.Undecided _ -> false;
          };
      if (follows && isOpen(other)) {
        levels.put(other, verdict);
      }
    }
  }

  private boolean isOpen(Level level) {
    LevelVerdict said = levels.get(level);
    return said == null || said instanceof LevelVerdict.Undecided;
  }

  private List<Staleness> staleness(Verdict verdict) {
    Map<Value, List<Operation>> objects = new LinkedHashMap<>();
    for (Operation operation : history.operations()) {
      objects
          .computeIfAbsent(model.partition(operation.action()), _ -> new ArrayList<>())
          .add(operation);
    }
    List<Staleness> staleness = new ArrayList<>();
    for (ObjectVerdict object : verdict.objects()) {
      if (object instanceof ObjectVerdict.Contradicted(Value key, _)) {
        List<Operation> operations = objects.getOrDefault(key, List.of());
        staleness.add(new StalenessMeter(model, operations, limits.withinHalf()).measure(key));
      }
    }
    return staleness;
  }

  /// What breaks every level is said of each, so that it need not be found again.
  private void sayWhatNobodyExplains() {
    @Nullable Conflict conflict = judge.unexplained();
    if (conflict != null) {
      for (Level level : GUARANTEES) {
        decide(level, new LevelVerdict.Violated(level, conflict));
      }
    }
  }

  /// The smallest sets of guarantees that have no views together.
  private List<List<Level>> broken() {
    List<List<Level>> broken = new ArrayList<>();
    if (levels.get(Level.CAUSAL) instanceof LevelVerdict.Holds) {
      return broken;
    }
    for (int size = 1; size <= GUARANTEES.size(); size++) {
      for (List<Level> set : sets(size)) {
        if (broken.stream().noneMatch(set::containsAll) && isBroken(set)) {
          broken.add(set);
        }
      }
    }
    return broken;
  }

  private boolean isBroken(List<Level> set) {
    if (set.size() == 1) {
      return levels.get(set.getFirst()) instanceof LevelVerdict.Violated;
    }
    boolean held =
        levels.get(Level.PRAM) instanceof LevelVerdict.Holds
            && !set.contains(Level.WRITES_FOLLOW_READS);
    return !held && judge.isBroken(set);
  }

  private static List<List<Level>> sets(int size) {
    List<List<Level>> sets = new ArrayList<>();
    for (int bits = 0; bits < 1 << GUARANTEES.size(); bits++) {
      if (Integer.bitCount(bits) == size) {
        List<Level> set = new ArrayList<>();
        for (int place = 0; place < GUARANTEES.size(); place++) {
          if ((bits & (1 << place)) != 0) {
            set.add(GUARANTEES.get(place));
          }
        }
        sets.add(set);
      }
    }
    return sets;
  }
}
