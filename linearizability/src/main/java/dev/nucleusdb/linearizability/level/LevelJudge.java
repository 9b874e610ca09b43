package dev.nucleusdb.linearizability.level;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.search.SearchOptions;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Judges a whole history by one order of views.
final class LevelJudge<S> {
  private final Model<S> model;
  private final List<Operation> operations;
  private final Limits limits;
  private final Program<S> program;
  private final ViewJudge<S> judge;

  /// @param model the model, fitted to the operations
  LevelJudge(Model<S> model, List<Operation> operations, Limits limits, SearchOptions options) {
    this.model = model;
    this.operations = operations;
    this.limits = limits;
    this.program = new Program<>(model, operations);
    this.judge = new ViewJudge<>(program, limits, options, true);
  }

  /// Judges a level by itself, without what others imply.
  LevelVerdict judge(Level level) {
    return switch (judge.judge(ViewOrder.of(level))) {
      case ViewJudge.Finding.Found(List<View> views) -> new LevelVerdict.Holds(level, views);
      case ViewJudge.Finding.None(int viewer) ->
          new LevelVerdict.Violated(level, conflict(ViewOrder.of(level), viewer));
      case ViewJudge.Finding.Undecided(LevelVerdict.Reason reason) ->
          new LevelVerdict.Undecided(reason);
    };
  }

  /// Why what was seen cannot be explained even if no order counts; null if it can, or that is not
  /// decided.
  @Nullable Conflict unexplained() {
    ViewOrder none = ViewOrder.of(List.of());
    return judge.judge(none) instanceof ViewJudge.Finding.None(int viewer)
        ? conflict(none, viewer)
        : null;
  }

  /// Whether several guarantees have no views at once; false also if that is not decided.
  boolean isBroken(List<Level> guarantees) {
    return judge.judge(ViewOrder.of(guarantees)) instanceof ViewJudge.Finding.None;
  }

  private Conflict conflict(ViewOrder order, int viewer) {
    OptionalLong process =
        viewer == ViewGraph.ALL_CLIENTS ? OptionalLong.empty() : program.processOf(viewer);
    LevelShrinker<S> shrinker = new LevelShrinker<>(model, limits, order, process);
    Conflict conflict = shrinker.shrink(operations);
    if (!shrinker.isConfirmed(conflict)) {
      throw new IllegalStateException("a conflict that has views, by " + order + ": " + conflict);
    }
    return conflict;
  }
}
