package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A sequential specification.
///
/// States are immutable values: `equals` and `hashCode` decide which of them are the same. A
/// nondeterministic object is written as a model whose state is the set of states that it may be
/// in.
///
/// @param <S> the type of its states
public interface Model<S> {
  /// The name under which people know it.
  String name();

  /// The state before the first action.
  S initial();

  /// The state after an action, or null if the action may not happen in this state with this
  /// result.
  ///
  /// If the result is [Value#UNRECORDED], any result will do. Must depend on nothing but its
  /// arguments.
  @Nullable S step(S state, Action action);

  /// Whether the action leaves every state as it is in which it may happen, as a read does. False
  /// is always safe; true spares the search a choice.
  default boolean observesOnly(Action action) {
    return false;
  }

  /// The independent object that an action belongs to. A history is linearizable if and only if
  /// that of each object is (Herlihy and Wing 1990, theorem 1), so objects are judged one by one.
  /// By default there is one object.
  default Value partition(Action action) {
    return Value.UNRECORDED;
  }

  /// This model, as it may be used for the given operations. A model that cannot take its object
  /// apart in general may be able to for some: a set that nobody reads as a whole is a set of
  /// independent elements.
  default Model<S> fittedTo(Collection<Operation> operations) {
    return this;
  }

  /// The actions that, because of what the operations of one object saw, can have taken effect in
  /// one state alone, with that state. A read that saw a list with an element that was appended
  /// once shows the list before that element. Nothing is always safe; a hint spares the search all
  /// other places.
  ///
  /// Only what completed operations saw may be used, and only what follows from it whatever else
  /// happened.
  default Map<Action, S> statesBefore(Collection<Operation> operations) {
    return Collections.emptyMap();
  }

  /// What keeps this model from judging an action, in words that end the sentence "expected ...",
  /// or empty if nothing does.
  default Optional<String> objectionTo(Action action) {
    return Optional.empty();
  }
}
