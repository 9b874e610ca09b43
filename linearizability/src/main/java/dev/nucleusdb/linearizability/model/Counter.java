package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A counter.
///
/// | function | arguments | result |
/// |---|---|---|
/// | `add` | a whole number, 1 if it is left out | |
/// | `add-and-get` | the same | the value after it |
/// | `read` | | the value |
///
/// @param first what it counts from
public record Counter(long first) implements Model<Long> {
  @Override
  public String name() {
    return "counter";
  }

  @Override
  public Long initial() {
    return first;
  }

  @Override
  public @Nullable Long step(Long state, Action action) {
    long sum = state + amount(action);
    return switch (action.function()) {
      case "add" -> sum;
      case "add-and-get" -> Values.isUnseenOr(action.result(), Value.of(sum)) ? sum : null;
      case "read" -> Values.isUnseenOr(action.result(), Value.of(state)) ? state : null;
      case String _ -> null;
    };
  }

  private static long amount(Action action) {
    return action.argument(0) instanceof Value.Whole(long number) ? number : 1;
  }

  @Override
  public boolean observesOnly(Action action) {
    return action.function().equals("read") || amount(action) == 0;
  }

  @Override
  public Value partition(Action action) {
    return action.key();
  }

  @Override
  public Optional<String> objectionTo(Action action) {
    boolean counts = action.arguments().isEmpty() || action.argument(0) instanceof Value.Whole;
    return counts
        ? Values.objectionToCount(name(), action, "add 1 0", "add-and-get 1 0", "read 0")
        : Optional.of("a whole number to add, but found " + action.argument(0));
  }
}
