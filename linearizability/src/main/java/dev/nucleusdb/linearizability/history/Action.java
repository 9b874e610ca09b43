package dev.nucleusdb.linearizability.history;

import java.util.List;

/// What an operation did, without who did it and when. A model judges actions alone, so two
/// operations of one action are interchangeable for it by construction.
///
/// @param function the name of the function, as `put`
/// @param key the object it was applied to, or [Value#UNRECORDED] where there is only one
/// @param arguments what was asked, in the order of the function
/// @param result what was answered, or [Value#UNRECORDED] where nobody knows or nothing is said
public record Action(String function, Value key, List<Value> arguments, Value result) {
  /// Copies the arguments.
  public Action {
    arguments = List.copyOf(arguments);
  }

  /// The argument at a place counted from 0, or [Value#UNRECORDED] if there are fewer.
  public Value argument(int place) {
    return place < arguments.size() ? arguments.get(place) : Value.UNRECORDED;
  }

  /// The same with an answer.
  public Action answered(Value answer) {
    return new Action(function, key, arguments, answer);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(function);
    if (!key.equals(Value.UNRECORDED)) {
      text.append(' ').append(key);
    }
    for (Value argument : arguments) {
      text.append(' ').append(argument);
    }
    if (!result.equals(Value.UNRECORDED)) {
      text.append(" -> ").append(result);
    }
    return text.toString();
  }
}
