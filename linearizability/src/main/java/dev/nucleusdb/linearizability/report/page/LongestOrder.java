package dev.nucleusdb.linearizability.report.page;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.model.Model;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The longest order in which operations that contradict each other could be placed, and where it
/// got stuck: what a person tries with a pencil.
///
/// ```
///   initial ──put x 1──► 1 ──put x 2──► 2 ──get x -> 1──✕   not legal in state 2, and
///                                                             the next that must be placed
/// ```
///
/// Of several, it is one with the most operations that returned, and of these one with the fewest
/// that crashed. The attempt is bounded; beyond the bound, the longest order seen so far is told.
///
/// @param initial the state before the first step, in words
/// @param steps what was placed, in order
/// @param before the state in which it got stuck, in words
/// @param blocked the operations that returned, had to come next, and could not
/// @param exhaustive whether all orders were tried
public record LongestOrder(
    String initial, List<Step> steps, String before, List<Operation> blocked, boolean exhaustive) {
  /// An operation that was placed.
  ///
  /// @param after the state after it, in words
  public record Step(Operation operation, String after) {}

  private static final int MAX_CONFIGURATIONS = 50_000;

  /// The most operations that are tried; it bounds how deep the attempt goes.
  static final int MAX_OPERATIONS = 128;

  /// Copies the lists.
  public LongestOrder {
    steps = List.copyOf(steps);
    blocked = List.copyOf(blocked);
  }

  /// Tries all orders of operations that contradict each other, or nothing if they are more than
  /// 128: the drawing would not be read either.
  ///
  /// @param model by which they were judged, fitted to the history
  public static Optional<LongestOrder> attempt(Model<?> model, List<Operation> operations) {
    return attempt(model, operations, LongestOrder::inRealTime, Object::toString);
  }

  /// The same by another order than that of real time.
  ///
  /// @param before whether an operation must be placed before another
  /// @param words a state in words
  static <S> Optional<LongestOrder> attempt(
      Model<S> model,
      List<Operation> operations,
      BiPredicate<Operation, Operation> before,
      Function<? super S, String> words) {
    return operations.size() > MAX_OPERATIONS
        ? Optional.empty()
        : Optional.of(new Attempt<>(model, operations, before, words).run());
  }

  private static boolean inRealTime(Operation one, Operation other) {
    return one.returnTime() < other.invokeTime();
  }

  /// One configuration: what is placed, in which state.
  private record Configuration<S>(BitSet placed, S state) {}

  private static final class Attempt<S> {
    private final Model<S> model;
    private final List<Operation> operations;
    private final BiPredicate<Operation, Operation> before;
    private final Function<? super S, String> words;
    private final Set<Configuration<S>> visited = new LinkedHashSet<>();
    private final List<Operation> order = new ArrayList<>();
    private List<Operation> longest = List.of();
    private int longestReturned = -1;
    private boolean exhaustive = true;

    Attempt(
        Model<S> model,
        List<Operation> operations,
        BiPredicate<Operation, Operation> before,
        Function<? super S, String> words) {
      this.model = model;
      this.operations = operations;
      this.before = before;
      this.words = words;
    }

    LongestOrder run() {
      extend(new Configuration<>(new BitSet(), model.initial()), 0);
      List<Step> steps = new ArrayList<>();
      S state = model.initial();
      BitSet placed = new BitSet();
      for (Operation operation : longest) {
        @Nullable S next = model.step(state, operation.action());
        if (next == null) {
          throw new IllegalStateException("a model that answers differently: " + operation);
        }
        state = next;
        steps.add(new Step(operation, words.apply(state)));
        placed.set(operations.indexOf(operation));
      }
      List<Operation> blocked = new ArrayList<>();
      for (int place = 0; place < operations.size(); place++) {
        if (!placed.get(place) && returned(place) && mayComeNext(place, placed)) {
          blocked.add(operations.get(place));
        }
      }
      return new LongestOrder(
          words.apply(model.initial()), steps, words.apply(state), blocked, exhaustive);
    }

    /// Depth is the number of operations at most, which is bounded.
    private void extend(Configuration<S> from, int returnedCount) {
      boolean longer =
          returnedCount > longestReturned
              || (returnedCount == longestReturned && order.size() < longest.size());
      if (longer) {
        longest = List.copyOf(order);
        longestReturned = returnedCount;
      }
      for (int place = 0; place < operations.size(); place++) {
        if (from.placed().get(place) || !mayComeNext(place, from.placed())) {
          continue;
        }
        @Nullable S state = model.step(from.state(), operations.get(place).action());
        if (state == null) {
          continue;
        }
        if (visited.size() >= MAX_CONFIGURATIONS) {
          exhaustive = false;
          return;
        }
        BitSet placed = (BitSet) from.placed().clone();
        placed.set(place);
        Configuration<S> next = new Configuration<>(placed, state);
        if (visited.add(next)) {
          order.add(operations.get(place));
          extend(next, returnedCount + (returned(place) ? 1 : 0));
          order.removeLast();
        }
      }
    }

    private boolean returned(int place) {
      return operations.get(place).outcome() == Outcome.OK;
    }

    /// Whether everything that must come before it is placed.
    private boolean mayComeNext(int place, BitSet placed) {
      for (int other = 0; other < operations.size(); other++) {
        if (!placed.get(other) && before.test(operations.get(other), operations.get(place))) {
          return false;
        }
      }
      return true;
    }
  }
}
