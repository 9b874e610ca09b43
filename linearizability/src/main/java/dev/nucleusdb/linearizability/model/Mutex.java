package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A lock that at most one holds: `acquire` needs it free, `release` needs it held. As with
/// Knossos, whoever releases it is not asked whether he acquired it.
///
/// | function | arguments | result |
/// |---|---|---|
/// | `acquire` | | not looked at, but for false: it was held |
/// | `release` | | not looked at, but for false: it was free |
public record Mutex() implements Model<Boolean> {
  @Override
  public String name() {
    return "mutex";
  }

  /// Not held.
  @Override
  public Boolean initial() {
    return false;
  }

  @Override
  public @Nullable Boolean step(Boolean held, Action action) {
    boolean acquires = action.function().equals("acquire");
    if (!acquires && !action.function().equals("release")) {
      return null;
    }
    if (action.result().equals(Value.FALSE)) {
      return held == acquires ? held : null;
    }
    return held == acquires ? null : acquires;
  }

  @Override
  public boolean observesOnly(Action action) {
    return action.result().equals(Value.FALSE);
  }

  @Override
  public Value partition(Action action) {
    return action.key();
  }

  @Override
  public Optional<String> objectionTo(Action action) {
    return Values.objectionToCount(name(), action, "acquire 0 1", "release 0 1");
  }
}
