package dev.nucleusdb.linearizability.stream;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A model that goes on from a state. What only holds of whole histories is not asked of it.
///
/// @param model the model
/// @param initial the state to go on from
record Resumed<S>(Model<S> model, S initial) implements Model<S> {
  @Override
  public String name() {
    return model.name();
  }

  @Override
  public @Nullable S step(S state, Action action) {
    return model.step(state, action);
  }

  @Override
  public boolean observesOnly(Action action) {
    return model.observesOnly(action);
  }

  @Override
  public Value partition(Action action) {
    return model.partition(action);
  }

  @Override
  public Optional<String> objectionTo(Action action) {
    return model.objectionTo(action);
  }
}
