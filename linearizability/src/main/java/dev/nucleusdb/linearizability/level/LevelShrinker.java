package dev.nucleusdb.linearizability.level;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.search.SearchOptions;
import dev.nucleusdb.linearizability.view.Finding;
import dev.nucleusdb.linearizability.view.Program;
import dev.nucleusdb.linearizability.view.ViewJudge;
import dev.nucleusdb.linearizability.view.ViewOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/// Shrinks a history that is not at a level to the few operations that contradict each other, by
/// delta debugging (Zeller and Hildebrandt 2002).
///
/// What is left out becomes an operation of unknown outcome: it may have happened at any time, or
/// not. That can only make a history more explainable, so an operation that was needed once stays
/// needed. In the end, of what was left out those come back, as context, without which no order at
/// all would explain what remains.
final class LevelShrinker<S> {
  private static final Comparator<Operation> BY_INVOCATION =
      Comparator.comparingLong(Operation::invokeTime).thenComparingInt(Operation::index);

  private final Model<S> model;
  private final Limits limits;
  private final Limits attemptLimits;
  private final ViewOrder order;
  private final OptionalLong process;
  private int attempts;
  private boolean allDecided = true;

  /// @param model the model, fitted to the history
  /// @param process the client that has no view; empty if nobody may be left out
  LevelShrinker(Model<S> model, Limits limits, ViewOrder order, OptionalLong process) {
    this.model = model;
    this.limits = limits;
    this.attemptLimits = limits.ofShrinkAttempt();
    this.order = order;
    this.process = process;
  }

  /// Shrinks operations of which it was found that they have no views.
  Conflict shrink(List<Operation> operations) {
    List<Operation> kept = new ArrayList<>();
    List<Operation> open = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation.outcome() != Outcome.FAILED) {
        (operation.outcome() == Outcome.OK ? kept : open).add(operation);
      }
    }
    omit(kept, open, fewer -> isContradicted(with(fewer, open)));
    List<Operation> needed = new ArrayList<>();
    if (isExplained(with(kept, open))) {
      needed.addAll(open);
      omit(needed, new ArrayList<>(), fewer -> isExplained(with(kept, fewer)));
    }
    Set<Integer> shown = new LinkedHashSet<>();
    Set<Integer> inContext = new LinkedHashSet<>();
    needed.forEach(operation -> inContext.add(operation.index()));
    kept.forEach(operation -> shown.add(operation.index()));
    shown.addAll(inContext);
    return new Conflict(
        chosen(operations, shown, true),
        chosen(operations, inContext, true),
        chosen(operations, shown, false),
        process,
        allDecided);
  }

  private static List<Operation> chosen(
      List<Operation> operations, Set<Integer> indices, boolean inside) {
    List<Operation> chosen = new ArrayList<>();
    for (Operation operation : operations) {
      boolean failed = operation.outcome() == Outcome.FAILED;
      if (!failed && indices.contains(operation.index()) == inside) {
        chosen.add(operation);
      }
    }
    chosen.sort(BY_INVOCATION);
    return chosen;
  }

  /// Whether what a conflict shows has views after all, which are looked for without any shortcut.
  boolean isRefuted(Conflict conflict) {
    return judge(conflict.operations(), order, false) instanceof Finding.Found;
  }

  /// Moves operations out, in chunks of halves, quarters, and in the end one by one, where a
  /// condition still holds for the rest.
  private void omit(
      List<Operation> kept, List<Operation> omitted, Predicate<List<Operation>> holds) {
    for (int size = (kept.size() + 1) / 2; size >= 1; size = size == 1 ? 0 : (size + 1) / 2) {
      int start = 0;
      while (start < kept.size()) {
        List<Operation> chunk = kept.subList(start, Math.min(start + size, kept.size()));
        List<Operation> fewer = new ArrayList<>(kept.subList(0, start));
        fewer.addAll(kept.subList(start + chunk.size(), kept.size()));
        int before = omitted.size();
        chunk.forEach(operation -> omitted.add(operation.withoutReturn()));
        if (mayTry() && holds.test(fewer)) {
          chunk.clear();
        } else {
          omitted.subList(before, omitted.size()).clear();
          start += size;
        }
      }
    }
  }

  private boolean mayTry() {
    boolean may =
        attempts++ < limits.maxShrinkAttempts()
            && limits.maxShrinkConfigurations() > 0
            && !limits.deadlinePassed();
    allDecided &= may;
    return may;
  }

  private static List<Operation> with(List<Operation> some, List<Operation> others) {
    List<Operation> all = new ArrayList<>(some);
    all.addAll(others);
    all.sort(BY_INVOCATION);
    return all;
  }

  private boolean isContradicted(List<Operation> operations) {
    Finding finding = judge(operations, order, true);
    allDecided &= !(finding instanceof Finding.Undecided);
    return finding instanceof Finding.None;
  }

  private boolean isExplained(List<Operation> operations) {
    return !(judgeOf(operations, true).judge(order.unordered()) instanceof Finding.None);
  }

  private ViewJudge<S> judgeOf(List<Operation> operations, boolean saturates) {
    Program<S> program = new Program<>(model, operations);
    return new ViewJudge<>(program, attemptLimits, SearchOptions.DEFAULT, saturates);
  }

  private Finding judge(List<Operation> operations, ViewOrder by, boolean saturates) {
    ViewJudge<S> judge = judgeOf(operations, saturates);
    return process.isEmpty() ? judge.judge(by) : judge.judgeOne(by, process.getAsLong());
  }
}
