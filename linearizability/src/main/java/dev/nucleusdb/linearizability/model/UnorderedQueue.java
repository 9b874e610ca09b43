package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A queue that may give its values in any order: a bag.
///
/// | function | arguments | result |
/// |---|---|---|
/// | `enqueue` | value | |
/// | `dequeue` | | any value that is there, or absent if there is none |
///
/// A crashed `dequeue` may have taken any value. Here it takes the first: it is needed at most to
/// empty the bag for a `dequeue` that found it empty, and then all values have to go.
public record UnorderedQueue() implements Model<UnorderedQueue.Contents> {
  /// What a bag holds.
  ///
  /// @param counts how many of each value, by the value's kind and words, none of them 0
  public record Contents(SortedMap<String, Integer> counts) {
    static final Contents EMPTY = new Contents(new TreeMap<>());

    Contents plus(Value value, int change) {
      TreeMap<String, Integer> changed = new TreeMap<>(counts);
      int count = changed.merge(nameOf(value), change, Integer::sum);
      if (count == 0) {
        changed.remove(nameOf(value));
      }
      return new Contents(changed);
    }

    Contents withoutFirst() {
      TreeMap<String, Integer> changed = new TreeMap<>(counts);
      if (!changed.isEmpty() && changed.merge(changed.firstKey(), -1, Integer::sum) == 0) {
        changed.pollFirstEntry();
      }
      return new Contents(changed);
    }

    boolean holds(Value value) {
      return counts.containsKey(nameOf(value));
    }

    @Override
    public String toString() {
      return counts.toString();
    }
  }

  /// The text "1" and the number 1 are different values.
  static String nameOf(Value value) {
    return value instanceof Value.Text ? '"' + value.toString() + '"' : value.toString();
  }

  @Override
  public String name() {
    return "unordered-queue";
  }

  @Override
  public Contents initial() {
    return Contents.EMPTY;
  }

  @Override
  public @Nullable Contents step(Contents state, Action action) {
    return switch (action.function()) {
      case "enqueue" -> state.plus(action.argument(0), 1);
      case "dequeue" -> dequeue(state, action.result());
      case String _ -> null;
    };
  }

  private static @Nullable Contents dequeue(Contents state, Value taken) {
    if (taken.equals(Value.ABSENT)) {
      return state.counts.isEmpty() ? state : null;
    }
    if (taken.equals(Value.UNRECORDED)) {
      return state.withoutFirst();
    }
    return state.holds(taken) ? state.plus(taken, -1) : null;
  }

  @Override
  public boolean observesOnly(Action action) {
    return action.function().equals("dequeue") && action.result().equals(Value.ABSENT);
  }

  /// Where nobody saw the bag empty, its values have nothing to do with each other.
  ///
  /// @throws IllegalArgumentException if a completed `dequeue` does not say what it took
  @Override
  public Model<Contents> fittedTo(Collection<Operation> operations) {
    boolean seenEmpty = false;
    for (Operation operation : operations) {
      boolean dequeue = operation.action().function().equals("dequeue");
      Value taken = operation.action().result();
      if (dequeue && operation.outcome() == Outcome.OK && taken.equals(Value.UNRECORDED)) {
        throw new IllegalArgumentException(
            "event " + operation.index() + ": expected what the dequeue took, or absent");
      }
      seenEmpty |= dequeue && taken.equals(Value.ABSENT);
    }
    return seenEmpty ? this : new ByValue();
  }

  @Override
  public Value partition(Action action) {
    return action.key();
  }

  @Override
  public Optional<String> objectionTo(Action action) {
    return Values.objectionToCount(name(), action, "enqueue 1", "dequeue 0");
  }

  /// The same for histories in which every value can be judged alone.
  private record ByValue() implements Model<Contents> {
    private static final UnorderedQueue WHOLE = new UnorderedQueue();

    @Override
    public String name() {
      return WHOLE.name();
    }

    @Override
    public Contents initial() {
      return WHOLE.initial();
    }

    @Override
    public @Nullable Contents step(Contents state, Action action) {
      return WHOLE.step(state, action);
    }

    @Override
    public Value partition(Action action) {
      Value value = action.function().equals("enqueue") ? action.argument(0) : action.result();
      return Values.joined(action.key(), value);
    }
  }
}
