package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A map whose writes say at which revision they were made, as etcd's do, each key judged for
/// itself.
///
/// | function | arguments | result |
/// |---|---|---|
/// | `get` | | `[value, revision]`, or absent |
/// | `put` | value | the revision |
/// | `delete` | | the revision |
/// | `cas` | expected revision (0 or absent: no value), new value | the revision, or false |
///
/// The revisions of one key grow; they need not be dense, for other keys may count with it. A
/// refusal of `cas` while the revision of the last write has not been seen is taken to be right.
public record VersionedKeyValue() implements Model<VersionedKeyValue.Version> {
  /// What a key holds, and the greatest revision that is known of it. A write whose revision nobody
  /// saw leaves `exact` false until a read shows it.
  ///
  /// @param value what it holds
  /// @param revision the revision, or a bound that it is above if it is not exact
  public record Version(Value value, long revision, boolean exact) {
    static final Version NONE = new Version(Value.ABSENT, 0, true);

    @Override
    public String toString() {
      return value + (exact ? " at " : " after ") + revision;
    }
  }

  @Override
  public String name() {
    return "versioned-kv";
  }

  @Override
  public Version initial() {
    return Version.NONE;
  }

  @Override
  public @Nullable Version step(Version state, Action action) {
    return switch (action.function()) {
      case "get" -> get(state, action.result());
      case "put" -> write(state, action.argument(0), action.result());
      case "delete" -> write(state, Value.ABSENT, action.result());
      case "cas" -> compareAndSet(state, action);
      case String _ -> null;
    };
  }

  private static @Nullable Version get(Version state, Value result) {
    if (result.equals(Value.UNRECORDED)) {
      return state;
    }
    if (result.equals(Value.ABSENT)) {
      return state.value.equals(Value.ABSENT) ? state : null;
    }
    List<Value> seen = Values.elements(result);
    return seen.get(0).equals(state.value) ? at(state, seen.get(1)) : null;
  }

  /// The state as it turns out to be if its revision is the given one.
  private static @Nullable Version at(Version state, Value revision) {
    if (!(revision instanceof Value.Whole(long number))) {
      return state;
    }
    boolean fits = state.exact ? number == state.revision : number > state.revision;
    return fits ? new Version(state.value, number, true) : null;
  }

  private static @Nullable Version write(Version state, Value value, Value revision) {
    if (!(revision instanceof Value.Whole(long number))) {
      return new Version(value, state.exact ? state.revision : state.revision + 1, false);
    }
    boolean fits = state.exact ? number > state.revision : number > state.revision + 1;
    return fits ? new Version(value, number, true) : null;
  }

  private static @Nullable Version compareAndSet(Version state, Action cas) {
    Value expected = cas.argument(0);
    boolean absent = expected.equals(Value.ABSENT) || expected.equals(Value.of(0));
    @Nullable Version matched =
        absent == state.value.equals(Value.ABSENT) ? absent ? state : at(state, expected) : null;
    if (cas.result().equals(Value.FALSE)) {
      boolean surely = matched != null && (absent || state.exact);
      return surely ? null : state;
    }
    if (cas.result().equals(Value.UNRECORDED) && matched == null) {
      return state;
    }
    return matched == null ? null : write(matched, cas.argument(1), cas.result());
  }

  /// A `get` may show the revision of a write that was not seen before, so it changes what is
  /// known.
  @Override
  public boolean observesOnly(Action action) {
    return action.result().equals(Value.FALSE)
        || (action.function().equals("get") && !(action.result() instanceof Value.Tuple));
  }

  @Override
  public Value partition(Action action) {
    return action.key();
  }

  @Override
  public Optional<String> objectionTo(Action action) {
    Value result = action.result();
    boolean pair = Values.elements(result).size() == 2;
    if (action.function().equals("get")
        && !pair
        && !result.equals(Value.ABSENT)
        && !result.equals(Value.UNRECORDED)) {
      return Optional.of("[value, revision] or nothing as the result of get, but found " + result);
    }
    return Values.objectionToCount(name(), action, "get 0", "put 1", "delete 0", "cas 2");
  }
}
