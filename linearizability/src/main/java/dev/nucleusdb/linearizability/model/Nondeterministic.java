package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Value;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A model of an object that may do one of several things: its state is the set of states that the
/// object may be in.
///
/// @param rules what the object may do
/// @param <S> the type of the object's states
public record Nondeterministic<S>(Rules<S> rules) implements Model<Set<S>> {
  /// What a nondeterministic object may do.
  ///
  /// @param <S> the type of its states, immutable, with `equals` and `hashCode`
  public interface Rules<S> {
    /// The name under which people know it.
    String name();

    /// The state before the first action.
    S initial();

    /// The states after an action; none if the action may not happen in this state with this
    /// result.
    Collection<S> steps(S state, Action action);

    /// As [Model#observesOnly]: whether, wherever it may happen, it tells nothing of the state and
    /// leaves it as it is.
    default boolean changesNothing(Action action) {
      return false;
    }

    /// As [Model#partition].
    default Value partition(Action action) {
      return action.key();
    }

    /// As [Model#objectionTo].
    default Optional<String> objectionTo(Action action) {
      return Optional.empty();
    }
  }

  @Override
  public String name() {
    return rules.name();
  }

  @Override
  public Set<S> initial() {
    Set<S> states = new LinkedHashSet<>();
    states.add(rules.initial());
    return states;
  }

  @Override
  public @Nullable Set<S> step(Set<S> states, Action action) {
    Set<S> next = new LinkedHashSet<>();
    for (S state : states) {
      next.addAll(rules.steps(state, action));
    }
    return next.isEmpty() ? null : next;
  }

  @Override
  public boolean observesOnly(Action action) {
    return rules.changesNothing(action);
  }

  @Override
  public Value partition(Action action) {
    return rules.partition(action);
  }

  @Override
  public Optional<String> objectionTo(Action action) {
    return rules.objectionTo(action);
  }
}
