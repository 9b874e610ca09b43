package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rules of one cell that holds one value or none, shared by the models that are made of such
/// cells.
final class Cell {
  private Cell() {}

  static @Nullable Value read(Value state, Action read) {
    Value seen = read.result();
    return seen.equals(Value.UNRECORDED) || seen.equals(state) ? state : null;
  }

  /// A `cas` that swapped needs the expected value, one that refused needs another, and one whose
  /// answer nobody knows does whichever fits.
  static @Nullable Value compareAndSet(Value state, Action cas) {
    boolean matches = cas.argument(0).equals(state);
    if (cas.result().equals(Value.UNRECORDED)) {
      return matches ? cas.argument(1) : state;
    }
    if (cas.result().equals(Value.FALSE)) {
      return matches ? null : state;
    }
    return matches ? cas.argument(1) : null;
  }

  static boolean neverChanges(Action cas) {
    return cas.result().equals(Value.FALSE) || cas.argument(0).equals(cas.argument(1));
  }

  static Optional<String> objectionToCount(Action action, int count) {
    List<Value> arguments = action.arguments();
    return arguments.size() == count
        ? Optional.empty()
        : Optional.of(
            count + " argument(s) for " + action.function() + ", but found " + arguments.size());
  }

  static Optional<String> objectionToAnswer(Action cas) {
    Value answer = cas.result();
    boolean understood =
        answer.equals(Value.UNRECORDED) || answer.equals(Value.TRUE) || answer.equals(Value.FALSE);
    return understood
        ? objectionToCount(cas, 2)
        : Optional.of("true or false as the answer of cas, but found " + answer);
  }

  static Optional<String> unknownFunction(String model, String functions, Action action) {
    return Optional.of(
        "a function of the model "
            + model
            + " ("
            + functions
            + "), but found '"
            + action.function()
            + "'");
  }
}
