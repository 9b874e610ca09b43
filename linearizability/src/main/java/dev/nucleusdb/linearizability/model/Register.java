package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A register: `read` returns what the last `write` wrote. Actions with different keys are on
/// different registers.
///
/// @param initial what it holds at first
public record Register(Value initial) implements Model<Value> {
  @Override
  public String name() {
    return "register";
  }

  @Override
  public @Nullable Value step(Value state, Action action) {
    return switch (action.function()) {
      case "read" -> Cell.read(state, action);
      case "write" -> action.argument(0);
      case String _ -> null;
    };
  }

  @Override
  public boolean observesOnly(Action action) {
    return action.function().equals("read");
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
      case String _ -> Cell.unknownFunction(name(), "read, write", action);
    };
  }
}
