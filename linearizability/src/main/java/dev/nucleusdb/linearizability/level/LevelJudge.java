package dev.nucleusdb.linearizability.level;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.search.SearchOptions;
import dev.nucleusdb.linearizability.view.Finding;
import dev.nucleusdb.linearizability.view.Program;
import dev.nucleusdb.linearizability.view.ViewJudge;
import dev.nucleusdb.linearizability.view.ViewOrder;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Judges a whole history by one order of views. Each judgement may take half of the time that is
/// left, so that a hard one leaves some to the others.
final class LevelJudge<S> {
  private final Model<S> model;
  private final List<Operation> operations;
  private final Limits limits;
  private final SearchOptions options;
  private final Program<S> program;

  /// @param model the model, fitted to the operations
  LevelJudge(Model<S> model, List<Operation> operations, Limits limits, SearchOptions options) {
    this.model = model;
    this.operations = operations;
    this.limits = limits;
    this.options = options;
    this.program = new Program<>(model, operations);
  }

  /// Judges a level by itself, without what others imply.
  LevelVerdict judge(Level level) {
    return switch (find(level.order())) {
      case Finding.Found(List<Finding.Serialization> views) ->
          new LevelVerdict.Holds(
              level, views.stream().map(view -> new View(view.process(), view.order())).toList());
      case Finding.None(OptionalLong process) ->
          new LevelVerdict.Violated(level, conflict(level.order(), process));
      case Finding.Undecided(Finding.Obstacle obstacle) ->
          new LevelVerdict.Undecided(LevelVerdict.Reason.of(obstacle));
    };
  }

  /// Why what was seen cannot be explained even if no order counts; null if it can, or that is not
  /// decided.
  @Nullable Conflict unexplained() {
    ViewOrder none = Level.order(List.of());
    return find(none) instanceof Finding.None(OptionalLong process)
        ? conflict(none, process)
        : null;
  }

  /// Whether several guarantees have no views at once; false also if that is not decided.
  boolean isBroken(List<Level> guarantees) {
    return find(Level.order(guarantees)) instanceof Finding.None;
  }

  private Finding find(ViewOrder order) {
    return new ViewJudge<>(program, limits.withinHalf(), options, true).judge(order);
  }

  private Conflict conflict(ViewOrder order, OptionalLong process) {
    LevelShrinker<S> shrinker = new LevelShrinker<>(model, limits.withinHalf(), order, process);
    Conflict conflict = shrinker.shrink(operations);
    if (shrinker.isRefuted(conflict)) {
      throw new IllegalStateException("a conflict that has views, by " + order + ": " + conflict);
    }
    return conflict;
  }
}
