package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A register with `cas expected new` beside `read` and `write`. A `cas` answers true if it
/// swapped, and false if it found another value than the expected one. Actions with different keys
/// are on different registers.
///
/// @param initial what it holds at first
public record CasRegister(Value initial) implements Model<Value> {
  @Override
  public String name() {
    return "cas-register";
  }

  @Override
  public @Nullable Value step(Value state, Action action) {
    return switch (action.function()) {
      case "read" -> Cell.read(state, action);
      case "write" -> action.argument(0);
      case "cas" -> Cell.compareAndSet(state, action);
      case String _ -> null;
    };
  }

  @Override
  public boolean observesOnly(Action action) {
    return switch (action.function()) {
      case "read" -> true;
      case "cas" -> Cell.neverChanges(action);
      case String _ -> false;
    };
  }

  @Override
  public Value partition(Action action) {
    return action.key();
  }

  @Override
  public Optional<String> objectionTo(Action action) {
    return switch (action.function()) {
      case "read" -> Cell.objectionToCount(action, 0);
      case "write" -> Cell.objectionToCount(action, 1);
      case "cas" -> Cell.objectionToAnswer(action);
      case String _ -> Cell.unknownFunction(name(), "read, write, cas", action);
    };
  }
}
