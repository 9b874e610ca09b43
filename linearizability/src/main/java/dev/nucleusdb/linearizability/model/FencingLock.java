package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A lock with leases and fencing tokens, and the resource that it guards.
///
/// | function | arguments | result |
/// |---|---|---|
/// | `acquire` | | a token greater than every token before, or false: somebody else holds it |
/// | `release` | nothing, or the token | |
/// | `write` | the token | true or not recorded: accepted, so no greater token was seen before; false: one was |
///
/// A lease may run out at any time without anybody being told, so holding the lock forbids nothing:
/// what counts is that tokens grow, and that whoever was overtaken is refused. A `write` carries
/// its token to the resource, and an `acquire` does not.
public record FencingLock() implements Model<FencingLock.Tokens> {
  /// The greatest token that was given, and the greatest that the resource has seen; -1 before the
  /// first.
  public record Tokens(long given, long seen) {
    static final Tokens NONE = new Tokens(-1, -1);
  }

  @Override
  public String name() {
    return "fencing-lock";
  }

  @Override
  public Tokens initial() {
    return Tokens.NONE;
  }

  @Override
  public @Nullable Tokens step(Tokens state, Action action) {
    return switch (action.function()) {
      case "acquire" -> acquire(state, action.result());
      case "release" -> state;
      case "write" -> write(state, action);
      case String _ -> null;
    };
  }

  /// A token that nobody saw can be any greater one, and so need not be counted.
  private static @Nullable Tokens acquire(Tokens state, Value result) {
    if (!(result instanceof Value.Whole(long token))) {
      return state;
    }
    return token > state.given ? new Tokens(token, state.seen) : null;
  }

  private static @Nullable Tokens write(Tokens state, Action action) {
    long token = action.argument(0) instanceof Value.Whole(long number) ? number : -1;
    boolean stale = token < state.seen;
    if (action.result().equals(Value.FALSE)) {
      return stale ? state : null;
    }
    return stale ? null : new Tokens(state.given, token);
  }

  @Override
  public boolean observesOnly(Action action) {
    return switch (action.function()) {
      case "release" -> true;
      case "acquire" -> !(action.result() instanceof Value.Whole);
      case "write" -> action.result().equals(Value.FALSE);
      case String _ -> false;
    };
  }

  @Override
  public Value partition(Action action) {
    return action.key();
  }

  @Override
  public Optional<String> objectionTo(Action action) {
    if (action.function().equals("write") && !(action.argument(0) instanceof Value.Whole)) {
      return Optional.of("a whole number as the token of write, but found " + action.argument(0));
    }
    return Values.objectionToCount(name(), action, "acquire 0", "release 0 1", "write 1");
  }
}
