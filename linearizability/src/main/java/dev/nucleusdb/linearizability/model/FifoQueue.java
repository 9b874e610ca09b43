package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A queue that gives values in the order in which it got them.
///
/// | function | arguments | result |
/// |---|---|---|
/// | `enqueue` | value | |
/// | `dequeue` | | the value at the head, or absent if the queue was empty |
public record FifoQueue() implements Model<FifoQueue.Contents> {
  /// What a queue holds: the values at its head in order, and those at its tail in reverse, so that
  /// neither end costs a copy.
  public static final class Contents {
    static final Contents EMPTY = new Contents(PersistentList.EMPTY, PersistentList.EMPTY);

    private final PersistentList head;
    private final PersistentList tail;

    private Contents(PersistentList head, PersistentList tail) {
      this.head = head.isEmpty() ? tail.reversed() : head;
      this.tail = head.isEmpty() ? PersistentList.EMPTY : tail;
    }

    Contents with(Value value) {
      return new Contents(head, tail.with(value));
    }

    boolean isEmpty() {
      return head.isEmpty();
    }

    Value first() {
      return head.first();
    }

    Contents withoutFirst() {
      return new Contents(head.rest(), tail);
    }

    private List<Value> values() {
      List<Value> values = new ArrayList<>(head.values());
      values.addAll(tail.reversed().values());
      return values;
    }

    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof Contents other
          && head.size() + tail.size() == other.head.size() + other.tail.size()
          && values().equals(other.values());
    }

    @Override
    public int hashCode() {
      return values().hashCode();
    }

    @Override
    public String toString() {
      return values().toString();
    }
  }

  @Override
  public String name() {
    return "fifo-queue";
  }

  @Override
  public Contents initial() {
    return Contents.EMPTY;
  }

  @Override
  public @Nullable Contents step(Contents state, Action action) {
    return switch (action.function()) {
      case "enqueue" -> state.with(action.argument(0));
      case "dequeue" -> dequeue(state, action.result());
      case String _ -> null;
    };
  }

  /// A dequeue whose answer nobody knows took whatever was there.
  private static @Nullable Contents dequeue(Contents state, Value taken) {
    if (state.isEmpty()) {
      return Values.isUnseenOr(taken, Value.ABSENT) ? state : null;
    }
    return Values.isUnseenOr(taken, state.first()) ? state.withoutFirst() : null;
  }

  @Override
  public boolean observesOnly(Action action) {
    return action.function().equals("dequeue") && action.result().equals(Value.ABSENT);
  }

  @Override
  public Value partition(Action action) {
    return action.key();
  }

  @Override
  public Optional<String> objectionTo(Action action) {
    return Values.objectionToCount(name(), action, "enqueue 1", "dequeue 0");
  }
}
