package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A map of keys, each judged for itself.
///
/// | function | arguments | result | meaning |
/// |---|---|---|---|
/// | `get` | | the value, or absent | |
/// | `put` | value | | overwrites |
/// | `delete` | | | leaves the key absent, whether it was there or not |
/// | `append` | text | | an absent key is as the empty text |
/// | `cas` | expected, new | true or false | expected may be absent, for "create only" |
///
/// @param initial what every key holds at first: [Value#ABSENT], or a text for stores that know no
///   absence
public record KeyValue(Value initial) implements Model<Value> {
  @Override
  public String name() {
    return "kv";
  }

  @Override
  public @Nullable Value step(Value state, Action action) {
    return switch (action.function()) {
      case "get" -> Cell.read(state, action);
      case "put" -> action.argument(0);
      case "delete" -> Value.ABSENT;
      case "append" -> Value.of(text(state) + text(action.argument(0)));
      case "cas" -> Cell.compareAndSet(state, action);
      default -> null;
    };
  }

  @Override
  public boolean observesOnly(Action action) {
    return switch (action.function()) {
      case "get" -> true;
      case "cas" -> Cell.neverChanges(action);
      default -> false;
    };
  }

  @Override
  public Map<Action, Value> statesBefore(Collection<Operation> operations) {
    return AppendGuards.of(initial, operations);
  }

  @Override
  public Value partition(Action action) {
    return action.key();
  }

  @Override
  public Optional<String> objectionTo(Action action) {
    if (action.key().equals(Value.UNRECORDED)) {
      return Optional.of("a key for " + action.function());
    }
    return switch (action.function()) {
      case "get", "delete" -> Cell.objectionToCount(action, 0);
      case "put", "append" -> Cell.objectionToCount(action, 1);
      case "cas" -> Cell.objectionToAnswer(action);
      default -> Cell.unknownFunction(name(), "get, put, delete, append, cas", action);
    };
  }

  private static String text(Value value) {
    return switch (value) {
      case Value.Text(String text) -> text;
      case Value.Nothing _ -> "";
      case Value.Whole number -> number.toString();
      case Value.Truth truth -> truth.toString();
      case Value.Tuple tuple -> tuple.toString();
    };
  }
}
