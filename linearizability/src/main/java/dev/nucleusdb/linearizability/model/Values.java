package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What models ask of values.
final class Values {
  private Values() {}

  /// Whether a result is as expected, or nobody knows it.
  static boolean isUnseenOr(Value result, Value expected) {
    return result.equals(Value.UNRECORDED) || result.equals(expected);
  }

  /// A yes or no that was seen; empty if nothing or something else was recorded, as by recorders
  /// that repeat the argument.
  static Optional<Boolean> answer(Value result) {
    return result instanceof Value.Truth(boolean truth) ? Optional.of(truth) : Optional.empty();
  }

  /// A whole number, or null for any other value.
  static @Nullable Long whole(Value value) {
    return value instanceof Value.Whole(long number) ? number : null;
  }

  static List<Value> elements(Value value) {
    return value instanceof Value.Tuple(List<Value> elements) ? elements : List.of();
  }

  /// Whether a value is a list of pairs.
  static boolean isMapping(Value value) {
    return value instanceof Value.Tuple(List<Value> elements)
        && elements.stream()
            .allMatch(pair -> pair instanceof Value.Tuple(List<Value> two) && two.size() == 2);
  }

  /// A part of an object as an object of its own.
  static Value joined(Value key, Value part) {
    return key.equals(Value.UNRECORDED) ? part : new Value.Tuple(List.of(key, part));
  }

  /// Complains of an unknown function or a wrong number of arguments.
  ///
  /// @param known each a function and how many arguments it takes, as "enqueue 1"; more than one
  ///   number may follow
  static Optional<String> objectionToCount(String model, Action action, String... known) {
    List<String> functions = new ArrayList<>();
    for (String one : known) {
      String[] words = one.split(" ", -1);
      functions.add(words[0]);
      if (words[0].equals(action.function())) {
        for (int place = 1; place < words.length; place++) {
          if (action.arguments().size() == Integer.parseInt(words[place])) {
            return Optional.empty();
          }
        }
        return Optional.of(
            words[1]
                + " argument(s) for "
                + action.function()
                + ", but found "
                + action.arguments().size());
      }
    }
    return Cell.unknownFunction(model, String.join(", ", functions), action);
  }
}
