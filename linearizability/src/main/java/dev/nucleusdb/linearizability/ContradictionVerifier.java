package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Judges a counterexample once more, by the plain search of Wing and Gong (1993): any operation
/// may be next that nothing before it in real time still waits for, and a set of placed operations
/// with a state is tried once. It shares no code with the search that found the counterexample and
/// has none of its reductions, so that a bug there cannot hide here.
public final class ContradictionVerifier {
  /// More operations than this are not searched.
  public static final int MAX_OPERATIONS = 62;

  /// After as many configurations, nothing is said.
  public static final int MAX_CONFIGURATIONS = 5_000;

  private ContradictionVerifier() {}

  /// What a second look says.
  public enum Result {
    /// The operations have no order, whether or not each of those left out happened.
    CONFIRMED,
    /// The operations have no order alone; those left out are too many for a plain search.
    CONFIRMED_ALONE,
    /// The operations have an order, or some of them are not of the history.
    REFUTED,
    /// There are too many for a plain search.
    TOO_LARGE
  }

  /// Looks a second time at why the operations of a history have no order.
  ///
  /// @param model what they were judged by, fitted to the history
  /// @param history what was judged
  public static Result verify(
      Model<?> model, List<Operation> history, Counterexample counterexample) {
    Set<Operation> known = new LinkedHashSet<>(history);
    for (Operation operation : history) {
      known.add(operation.withoutReturn());
    }
    if (!known.containsAll(counterexample.operations())) {
      return Result.REFUTED;
    }
    Result alone = verify(model, counterexample.operations(), List.of());
    if (alone != Result.CONFIRMED) {
      return alone;
    }
    List<Operation> needed = new ArrayList<>(counterexample.operations());
    needed.removeAll(counterexample.context());
    List<Operation> optional = new ArrayList<>(counterexample.omitted());
    optional.addAll(counterexample.context());
    Result amongAll = verify(model, needed, optional);
    return amongAll == Result.TOO_LARGE ? Result.CONFIRMED_ALONE : amongAll;
  }

  /// Whether operations of one object contradict each other, whether or not each of some others
  /// took effect within its interval.
  public static Result verify(
      Model<?> model, List<Operation> operations, List<Operation> optional) {
    return operations.size() + optional.size() > MAX_OPERATIONS
        ? Result.TOO_LARGE
        : new Attempt<>(model, operations, optional).result();
  }

  /// One search. A place in the list of operations is a bit in a set.
  private static final class Attempt<S> {
    private final Model<S> model;
    private final List<Operation> operations = new ArrayList<>();
    private long required;

    Attempt(Model<S> model, List<Operation> needed, List<Operation> optional) {
      this.model = model;
      for (Operation operation : needed) {
        if (operation.outcome() != Outcome.FAILED) {
          required |= operation.outcome() == Outcome.OK ? 1L << operations.size() : 0;
          operations.add(operation);
        }
      }
      for (Operation operation : optional) {
        if (operation.outcome() != Outcome.FAILED) {
          operations.add(operation);
        }
      }
    }

    /// A set of placed operations and the state after them.
    private record Reached<S>(long placed, S state) {}

    Result result() {
      Set<Reached<S>> seen = new LinkedHashSet<>();
      List<Reached<S>> todo = new ArrayList<>();
      todo.add(new Reached<>(0, model.initial()));
      while (!todo.isEmpty()) {
        Reached<S> from = todo.removeLast();
        if ((from.placed & required) == required) {
          return Result.REFUTED;
        }
        if (seen.size() > MAX_CONFIGURATIONS) {
          return Result.TOO_LARGE;
        }
        for (int place = 0; place < operations.size(); place++) {
          Optional<Reached<S>> reached = placing(place, from);
          if (reached.isPresent() && seen.add(reached.get())) {
            todo.add(reached.get());
          }
        }
      }
      return Result.CONFIRMED;
    }

    private Optional<Reached<S>> placing(int place, Reached<S> from) {
      Operation next = operations.get(place);
      if ((from.placed & 1L << place) != 0
          || next.invokeTime() > earliestReturn(from.placed)
          || next.returnTime() < latestInvocation(from.placed)) {
        return Optional.empty();
      }
      return Optional.ofNullable(model.step(from.state, next.action()))
          .map(state -> new Reached<>(from.placed | 1L << place, state));
    }

    /// The first return of one that must be placed and has not been.
    private long earliestReturn(long placed) {
      long earliest = Operation.NEVER;
      for (long left = required & ~placed; left != 0; left &= left - 1) {
        Operation waiting = operations.get(Long.numberOfTrailingZeros(left));
        earliest = Math.min(earliest, waiting.returnTime());
      }
      return earliest;
    }

    /// The last invocation of one that has been placed.
    private long latestInvocation(long placed) {
      long latest = 0;
      for (long left = placed; left != 0; left &= left - 1) {
        latest = Math.max(latest, operations.get(Long.numberOfTrailingZeros(left)).invokeTime());
      }
      return latest;
    }
  }
}
