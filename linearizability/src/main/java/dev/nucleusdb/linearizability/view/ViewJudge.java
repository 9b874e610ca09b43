package dev.nucleusdb.linearizability.view;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.search.PartialOrderSearch;
import dev.nucleusdb.linearizability.search.SearchOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Looks for the views that an order asks for.
public final class ViewJudge<S> {
  /// The most ways in which updates may have been seen that are tried.
  private static final int MAX_CHOICES = 4_096;

  /// What part of the bytes allowed may go into finding out what follows.
  private static final int SATURATION_SHARE = 4;

  private final Program<S> program;
  private final Limits limits;
  private final SearchOptions options;
  private final boolean saturates;

  /// @param saturates whether to find out first what follows from who was seen; no verdict depends
  ///   on it
  public ViewJudge(Program<S> program, Limits limits, SearchOptions options, boolean saturates) {
    this.program = program;
    this.limits = limits;
    this.options = options;
    this.saturates = saturates;
  }

  /// Looks for the views of all clients.
  public Finding judge(ViewOrder order) {
    return judge(order, order.shared() ? new int[] {ViewGraph.ALL_CLIENTS} : program.clients());
  }

  /// Looks for the view of one process, even if nothing is certain to have happened of it.
  public Finding judgeOne(ViewOrder order, long process) {
    return judge(order, new int[] {program.clientOf(process)});
  }

  /// Looks for the views of some clients.
  private Finding judge(ViewOrder order, int[] viewers) {
    if (!order.asksWhoWasSeen()) {
      return judge(order, viewers, program.surelySeen);
    }
    if (!program.hasCells) {
      return judgeUntold(order, viewers);
    }
    Finding sure = judge(order, viewers, program.surelySeen);
    return sure instanceof Finding.None || program.isTold() ? sure : judgeChoices(order, viewers);
  }

  /// Tries every way in which what was seen may be due to updates.
  private Finding judgeChoices(ViewOrder order, int[] viewers) {
    Finding finding = new Finding.None(OptionalLong.empty());
    SeenChoices choices = new SeenChoices(program);
    for (int tried = 0; choices.hasNext(); tried++) {
      if (limits.deadlinePassed()) {
        return new Finding.Undecided(Finding.Obstacle.DEADLINE);
      }
      if (tried == MAX_CHOICES) {
        return new Finding.Undecided(Finding.Obstacle.AMBIGUOUS);
      }
      switch (judge(order, viewers, choices.next())) {
        case Finding.Found found -> {
          return found;
        }
        case Finding.None _ -> {}
        case Finding.Undecided undecided -> finding = undecided;
      }
    }
    return finding;
  }

  /// Where answers do not tell which updates they reflect, views that deliver them late may prove
  /// causality; and if no view without any order explains the answers, none with one does.
  private Finding judgeUntold(ViewOrder order, int[] viewers) {
    List<Finding.Serialization> views = new ArrayList<>();
    boolean all = order.readsFrom();
    for (int viewer : viewers) {
      if (all
          && view(ViewOrder.PRAM, viewer, program.surelySeen, true)
              instanceof Finding.Found(List<Finding.Serialization> found)) {
        views.addAll(found);
      } else {
        all = false;
      }
    }
    if (all && Delivery.isCausal(program, views)) {
      return new Finding.Found(views);
    }
    Finding unordered = judge(order.unordered(), viewers);
    return unordered instanceof Finding.None
        ? unordered
        : new Finding.Undecided(Finding.Obstacle.UNTOLD);
  }

  private Finding judge(ViewOrder order, int[] viewers, int[] seen) {
    List<Finding.Serialization> views = new ArrayList<>();
    Finding undecided = new Finding.Found(views);
    for (int viewer : viewers) {
      Finding finding = view(order, viewer, seen, false);
      switch (finding) {
        case Finding.Found(List<Finding.Serialization> found) -> views.addAll(found);
        case Finding.None _ -> {
          return finding;
        }
        case Finding.Undecided _ -> undecided = finding;
      }
    }
    return undecided;
  }

  /// Looks for one view.
  ///
  /// @param ownFirst whether others' updates are to come as late as they may
  private Finding view(ViewOrder order, int viewer, int[] seen, boolean ownFirst) {
    ViewGraph graph = new ViewGraph(program, order, viewer, seen);
    for (int operation : graph.operations) {
      if (graph.isJudged(operation) && program.isFromThinAir(operation)) {
        return new Finding.None(processOf(viewer));
      }
    }
    if (limits.deadlinePassed()) {
      return new Finding.Undecided(Finding.Obstacle.DEADLINE);
    }
    boolean fits = Saturation.bytes(graph) <= limits.maxBytes() / SATURATION_SHARE;
    if (saturates && fits && program.hasCells && !Saturation.isPossible(program, graph)) {
      return new Finding.None(processOf(viewer));
    }
    PartialOrderSearch.Guard<List<S>> guard =
        saturates ? new ViewGuard<>(program, graph) : (_, _, _) -> true;
    PartialOrderSearch<List<S>> search =
        PartialOrderSearch.run(
            graph.partialOrder(ownFirst), program.transitions, guard, options, limits.budget());
    return switch (search.result()) {
      case FOUND ->
          new Finding.Found(List.of(new Finding.Serialization(processOf(viewer), search.order())));
      case EXHAUSTED -> new Finding.None(processOf(viewer));
      case OUT_OF_CONFIGURATIONS -> new Finding.Undecided(Finding.Obstacle.CONFIGURATIONS);
      case OUT_OF_MEMORY -> new Finding.Undecided(Finding.Obstacle.MEMORY);
      case OUT_OF_TIME -> new Finding.Undecided(Finding.Obstacle.DEADLINE);
    };
  }

  private OptionalLong processOf(int viewer) {
    return viewer < 0 ? OptionalLong.empty() : program.processOf(viewer);
  }
}
