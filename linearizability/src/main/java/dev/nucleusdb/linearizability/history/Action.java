package dev.nucleusdb.linearizability.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an operation did, without who did it and when. A model judges actions alone, so two
/// operations of one action are interchangeable for it by construction.
///
/// Equal if function, key, arguments and result are. Judges look actions up by the thousand, so an
/// action knows its hash.
public final class Action {
  private final String function;
  private final Value key;
  private final List<Value> arguments;
  private final Value result;
  private final int hash;

  /// Copies the arguments.
  ///
  /// @param function the name of the function, as `put`
  /// @param key the object it was applied to, or [Value#UNRECORDED] where there is only one
  /// @param arguments what was asked, in the order of the function
  /// @param result what was answered, or [Value#UNRECORDED] where nobody knows or nothing is said
  public Action(String function, Value key, List<Value> arguments, Value result) {
    this.function = function;
    this.key = key;
    this.arguments = List.copyOf(arguments);
    this.result = result;
    int partial = function.hashCode();
    partial = 31 * partial + key.hashCode();
    partial = 31 * partial + this.arguments.hashCode();
    this.hash = 31 * partial + result.hashCode();
  }

  /// The name of the function, as `put`.
  public String function() {
    return function;
  }

  /// The object it was applied to, or [Value#UNRECORDED] where there is only one.
  public Value key() {
    return key;
  }

  /// What was asked, in the order of the function.
  public List<Value> arguments() {
    return arguments;
  }

  /// What was answered, or [Value#UNRECORDED] where nobody knows or nothing is said.
  public Value result() {
    return result;
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
  public boolean equals(@Nullable Object object) {
    return object == this
        || (object instanceof Action other
            && hash == other.hash
            && result.equals(other.result)
            && arguments.equals(other.arguments)
            && key.equals(other.key)
            && function.equals(other.function));
  }

  @Override
  public int hashCode() {
    return hash;
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
