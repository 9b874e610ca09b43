package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Several registers that are read and written together.
///
/// | function | arguments | result |
/// |---|---|---|
/// | `txn` | steps `[f, key, value]` in order, `f` one of `r`, `read`, `w`, `write` | the same steps, values of reads filled in |
/// | `read` | | pairs of key and value of all registers that were seen at once |
/// | `write` | the pair of key and value | |
///
/// @param everywhere what each register holds at first
public record MultiRegister(Value everywhere) implements Model<MultiRegister.Registers> {
  /// What has been written, by key; a register that is missing holds what all hold at first.
  public record Registers(SortedMap<String, Value> written) {
    @Override
    public String toString() {
      return written.toString();
    }
  }

  @Override
  public String name() {
    return "multi-register";
  }

  @Override
  public Registers initial() {
    return new Registers(new TreeMap<>());
  }

  @Override
  public @Nullable Registers step(Registers state, Action action) {
    return switch (action.function()) {
      case "txn" -> transact(state, stepsOf(action));
      case "read" -> readAll(state, action.result()) ? state : null;
      case "write" -> write(state, Values.elements(action.argument(0)));
      case String _ -> null;
    };
  }

  private static @Nullable Registers write(Registers state, List<Value> pair) {
    return pair.size() == 2 ? with(state.written, pair.get(0), pair.get(1)) : null;
  }

  private static List<Value> stepsOf(Action txn) {
    return txn.result() instanceof Value.Tuple(List<Value> steps) ? steps : txn.arguments();
  }

  private @Nullable Registers transact(Registers state, List<Value> steps) {
    Registers now = state;
    for (Value step : steps) {
      List<Value> parts = Values.elements(step);
      if (isWrite(parts)) {
        now = with(now.written, parts.get(1), parts.get(2));
      } else if (!sees(now, parts.get(1), parts.get(2))) {
        return null;
      }
    }
    return now;
  }

  private static boolean isWrite(List<Value> parts) {
    String function = parts.get(0).toString();
    return function.equals("w") || function.equals("write");
  }

  /// A read that saw nothing that was written down saw whatever was there.
  private boolean sees(Registers state, Value key, Value seen) {
    Value held = state.written.getOrDefault(UnorderedQueue.nameOf(key), everywhere);
    return seen.equals(Value.UNRECORDED) || seen.equals(held);
  }

  private boolean readAll(Registers state, Value result) {
    for (Value pair : Values.elements(result)) {
      List<Value> two = Values.elements(pair);
      if (!sees(state, two.get(0), two.get(1))) {
        return false;
      }
    }
    return true;
  }

  private static Registers with(SortedMap<String, Value> written, Value key, Value value) {
    SortedMap<String, Value> changed = new TreeMap<>(written);
    changed.put(UnorderedQueue.nameOf(key), value);
    return new Registers(changed);
  }

  @Override
  public boolean observesOnly(Action action) {
    return switch (action.function()) {
      case "read" -> true;
      case "txn" -> stepsOf(action).stream().noneMatch(step -> isWrite(Values.elements(step)));
      case String _ -> false;
    };
  }

  /// Where every operation is on one register, the registers have nothing to do with each other.
  @Override
  public Model<Registers> fittedTo(Collection<Operation> operations) {
    for (Operation operation : operations) {
      if (keyOf(operation.action()).equals(Value.UNRECORDED)) {
        return this;
      }
    }
    return new ByKey(this);
  }

  /// The one register that an action is on, or [Value#UNRECORDED].
  private static Value keyOf(Action action) {
    Value one = Value.UNRECORDED;
    List<Value> parts =
        switch (action.function()) {
          case "write" -> List.of(keySecond(action.argument(0)));
          case "read" ->
              Values.elements(action.result()).stream().map(MultiRegister::keySecond).toList();
          case String _ -> stepsOf(action);
        };
    for (Value part : parts) {
      Value key = Values.elements(part).get(1);
      if (!one.equals(Value.UNRECORDED) && !one.equals(key)) {
        return Value.UNRECORDED;
      }
      one = key;
    }
    return one;
  }

  private static Value keySecond(Value pair) {
    return new Value.Tuple(List.of(Value.ABSENT, Values.elements(pair).get(0)));
  }

  @Override
  public Value partition(Action action) {
    return action.key();
  }

  @Override
  public Optional<String> objectionTo(Action action) {
    if (action.function().equals("txn")) {
      for (Value step : stepsOf(action)) {
        boolean understood =
            Values.elements(step).size() == 3
                && List.of("r", "read", "w", "write")
                    .contains(Values.elements(step).get(0).toString());
        if (!understood) {
          return Optional.of(
              "steps [r, key, value] or [w, key, value] of a txn, but found " + step);
        }
      }
      return Optional.empty();
    }
    boolean whole = action.result().equals(Value.UNRECORDED) || Values.isMapping(action.result());
    return action.function().equals("read") && !whole
        ? Optional.of("pairs of key and value as the result of read, but found " + action.result())
        : Values.objectionToCount(name(), action, "write 1", "read 0", "txn 1");
  }

  /// The same for histories in which every register can be judged alone.
  private record ByKey(MultiRegister whole) implements Model<Registers> {
    @Override
    public String name() {
      return whole.name();
    }

    @Override
    public Registers initial() {
      return whole.initial();
    }

    @Override
    public @Nullable Registers step(Registers state, Action action) {
      return whole.step(state, action);
    }

    @Override
    public boolean observesOnly(Action action) {
      return whole.observesOnly(action);
    }

    @Override
    public Value partition(Action action) {
      return Values.joined(action.key(), keyOf(action));
    }
  }
}
