package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Value;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A stack: the value that came last goes first.
///
/// | function | arguments | result |
/// |---|---|---|
/// | `push` | value | |
/// | `pop` | | the value at the top, or absent if the stack was empty |
/// | `peek` | | the same, and leaves it there |
public record Stack() implements Model<Stack.Contents> {
  /// What a stack holds, its top first.
  public static final class Contents {
    static final Contents EMPTY = new Contents(PersistentList.EMPTY);

    private final PersistentList values;

    private Contents(PersistentList values) {
      this.values = values;
    }

    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof Contents other && values.equals(other.values);
    }

    @Override
    public int hashCode() {
      return Objects.hashCode(values);
    }

    @Override
    public String toString() {
      return values.toString();
    }
  }

  @Override
  public String name() {
    return "stack";
  }

  @Override
  public Contents initial() {
    return Contents.EMPTY;
  }

  @Override
  public @Nullable Contents step(Contents state, Action action) {
    return switch (action.function()) {
      case "push" -> new Contents(state.values.with(action.argument(0)));
      case "pop" -> top(state, action.result(), true);
      case "peek" -> top(state, action.result(), false);
      case String _ -> null;
    };
  }

  private static @Nullable Contents top(Contents state, Value seen, boolean takes) {
    PersistentList values = state.values;
    if (values.isEmpty()) {
      return Values.isUnseenOr(seen, Value.ABSENT) ? state : null;
    }
    if (!Values.isUnseenOr(seen, values.first())) {
      return null;
    }
    return takes ? new Contents(values.rest()) : state;
  }

  @Override
  public boolean observesOnly(Action action) {
    return switch (action.function()) {
      case "peek" -> true;
      case "pop" -> action.result().equals(Value.ABSENT);
      case String _ -> false;
    };
  }

  @Override
  public Value partition(Action action) {
    return action.key();
  }

  @Override
  public Optional<String> objectionTo(Action action) {
    return Values.objectionToCount(name(), action, "push 1", "pop 0", "peek 0");
  }
}
