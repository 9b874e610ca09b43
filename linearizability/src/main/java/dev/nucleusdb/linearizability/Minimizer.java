package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.search.Search;
import dev.nucleusdb.linearizability.search.SearchOptions;
import dev.nucleusdb.linearizability.search.Timeline;
import dev.nucleusdb.linearizability.search.Transitions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Shrinks an illegal history to the few operations that contradict each other, by delta debugging
/// (Zeller and Hildebrandt 2002): leave out halves, then quarters, and in the end single
/// operations.
///
/// What is left out is made optional rather than deleted, as [Counterexample] explains. Making more
/// optional can only make a history more legal, so an operation that was needed once stays needed,
/// and one pass over single operations is enough.
final class Minimizer<S> {
  private static final Comparator<Operation> BY_RETURN =
      Comparator.comparingLong(Operation::returnTime).thenComparingInt(Operation::index);

  private static final Comparator<Operation> BY_INVOCATION =
      Comparator.comparingLong(Operation::invokeTime).thenComparingInt(Operation::index);

  /// Among how many operations to look for context: their pairs are tried, 2,000 at most.
  private static final int MAX_CONTEXT_CANDIDATES = 64;

  /// A return after everything else.
  private static final long LATEST = Operation.NEVER - 1;

  private final Model<S> model;
  private final Transitions<S> transitions;
  private final SearchOptions options;
  private final Limits limits;
  private final Limits attemptLimits;
  private int attempts;
  private boolean allDecided = true;

  Minimizer(Model<S> model, SearchOptions options, Limits limits) {
    this.model = model;
    this.transitions = new Transitions<>(model, List.of());
    this.options = options;
    this.limits = limits;
    this.attemptLimits = limits.ofShrinkAttempt();
  }

  /// Shrinks the operations of one object, of which a search found that they have no order.
  Counterexample minimize(List<Operation> operations, Search<S> failed) {
    if (stepsFor(operations).isGuarded()) {
      return minimizeGuarded(operations);
    }
    return minimize(operations, stuck(failed), failed.furthestStates());
  }

  /// Where what was seen forbids steps, a search is stuck before the return that is to blame. So
  /// the shortest bad prefix is found by halving: what is longer is not better.
  private Counterexample minimizeGuarded(List<Operation> operations) {
    List<Operation> returns = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation.outcome() == Outcome.OK) {
        returns.add(operation);
      }
    }
    returns.sort(BY_RETURN);
    int good = -1;
    int bad = returns.size() - 1;
    while (bad - good > 1) {
      int middle = (good + bad) >>> 1;
      List<Operation> shorter = prefix(operations, returns.get(middle));
      if (search(shorter, List.of()) == Search.Result.EXHAUSTED) {
        bad = middle;
      } else {
        good = middle;
      }
    }
    Operation stuck = returns.get(bad);
    List<Operation> prefix = prefix(operations, stuck);
    Search<S> plain =
        Search.run(
            new Timeline(prefix, List.of(), transitions, options),
            transitions,
            options,
            attemptLimits.budget());
    boolean told =
        plain.result() == Search.Result.EXHAUSTED && stuck.equals(plain.furthestBlocked());
    return minimize(operations, stuck, told ? plain.furthestStates() : List.of());
  }

  /// Shrinks a few operations that contradict each other whatever else happened.
  ///
  /// @param few the operations, of which a search found that they have no order
  Counterexample minimizeConflict(
      List<Operation> few, List<Operation> operations, Search<S> failed) {
    Operation stuck = stuck(failed);
    List<Operation> kept = prefix(few, stuck);
    List<Operation> omitted = new ArrayList<>();
    omitChunks(kept, omitted, 1);
    Set<Integer> shown = new LinkedHashSet<>();
    kept.forEach(operation -> shown.add(operation.index()));
    List<Operation> rest = prefix(operations, stuck);
    rest.removeIf(operation -> shown.contains(operation.index()));
    return explain(kept, rest, stuck, List.of());
  }

  private static Operation stuck(Search<?> failed) {
    @Nullable Operation stuck = failed.furthestBlocked();
    if (stuck == null) {
      throw new IllegalStateException("a search that met no return cannot fail");
    }
    return stuck;
  }

  /// @param stuck the operation whose return ends the shortest bad prefix
  /// @param states the states that were possible there
  private Counterexample minimize(List<Operation> operations, Operation stuck, List<S> states) {
    List<Operation> kept = prefix(operations, stuck);
    List<Operation> omitted = new ArrayList<>();
    for (int size = (kept.size() + 1) / 2; size >= 1; size = size == 1 ? 0 : (size + 1) / 2) {
      omitChunks(kept, omitted, size);
    }
    return explain(kept, omitted, stuck, states);
  }

  /// Leaves out one chunk after the other where the rest still has no order.
  private void omitChunks(List<Operation> kept, List<Operation> omitted, int size) {
    int start = 0;
    while (start < kept.size()) {
      List<Operation> chunk = kept.subList(start, Math.min(start + size, kept.size()));
      if (canOmit(kept, chunk, omitted)) {
        omitted.addAll(chunk);
        chunk.clear();
      } else {
        start += size;
      }
    }
  }

  /// All that was invoked before `stuck` returned; what had not returned by then is of unknown
  /// outcome.
  private static List<Operation> prefix(List<Operation> operations, Operation stuck) {
    List<Operation> prefix = new ArrayList<>();
    for (Operation operation : operations) {
      boolean invoked = operation.invokeTime() <= stuck.returnTime();
      if (invoked && operation.outcome() != Outcome.FAILED) {
        boolean returned = BY_RETURN.compare(operation, stuck) <= 0;
        prefix.add(returned ? operation : operation.withoutReturn());
      }
    }
    return prefix;
  }

  private boolean canOmit(List<Operation> kept, List<Operation> chunk, List<Operation> omitted) {
    if (attempts++ >= limits.maxShrinkAttempts()
        || limits.maxShrinkConfigurations() == 0
        || limits.deadlinePassed()) {
      allDecided = false;
      return false;
    }
    List<Operation> trial = new ArrayList<>(kept);
    trial.removeAll(chunk);
    List<Operation> optional = new ArrayList<>(omitted);
    optional.addAll(chunk);
    Search.Result result = search(trial, optional);
    allDecided &= result == Search.Result.EXHAUSTED || result == Search.Result.FOUND;
    return result == Search.Result.EXHAUSTED;
  }

  /// The one or two latest omitted operations that make the values of the kept ones possible, were
  /// it not for their order; none if they are possible by themselves, or so few do not suffice.
  private List<Operation> context(List<Operation> kept, List<Operation> omitted) {
    if (possibleInAnyOrder(kept)) {
      return List.of();
    }
    List<Operation> candidates =
        omitted.reversed().stream()
            .filter(
                operation -> !transitions.observesOnly(transitions.numberOf(operation.action())))
            .limit(MAX_CONTEXT_CANDIDATES)
            .toList();
    for (int gap = 0; gap < candidates.size(); gap++) {
      for (int place = 0; place + gap < candidates.size(); place++) {
        Set<Operation> pair = new LinkedHashSet<>();
        pair.add(candidates.get(place + gap));
        pair.add(candidates.get(place));
        List<Operation> more = new ArrayList<>(kept);
        more.addAll(pair);
        if (possibleInAnyOrder(more)) {
          return List.copyOf(pair);
        }
      }
    }
    return List.of();
  }

  private boolean possibleInAnyOrder(List<Operation> operations) {
    if (limits.deadlinePassed()) {
      return true;
    }
    List<Operation> concurrent = new ArrayList<>();
    for (Operation operation : operations) {
      boolean crashed = operation.outcome() == Outcome.UNKNOWN;
      concurrent.add(
          new Operation(
              operation.index(),
              operation.line(),
              operation.process(),
              operation.action(),
              0,
              crashed ? Operation.NEVER : LATEST,
              operation.outcome()));
    }
    return search(concurrent, List.of()) != Search.Result.EXHAUSTED;
  }

  private Counterexample explain(
      List<Operation> kept, List<Operation> omitted, Operation stuck, List<S> states) {
    omitted.sort(BY_INVOCATION);
    List<Operation> context = context(kept, omitted);
    List<Operation> shown = new ArrayList<>(kept);
    omitted.removeAll(context);
    shown.addAll(context);
    shown.sort(BY_INVOCATION);
    List<String> words =
        states.stream().limit(Counterexample.MAX_POSSIBLE_STATES).map(Object::toString).toList();
    return new Counterexample(shown, context, omitted, stuck, words, allDecided);
  }

  private Search.Result search(List<Operation> required, List<Operation> optional) {
    Transitions<S> steps = stepsFor(required);
    Timeline timeline = new Timeline(required, optional, steps, options);
    return Search.run(timeline, steps, options, attemptLimits.budget()).result();
  }

  /// What is optional may not have been seen, so only what is required forbids steps.
  private Transitions<S> stepsFor(List<Operation> required) {
    Transitions<S> guarded = new Transitions<>(model, required);
    return guarded.isGuarded() ? guarded : transitions;
  }
}
