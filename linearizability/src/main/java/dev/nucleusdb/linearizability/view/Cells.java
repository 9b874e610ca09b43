package dev.nucleusdb.linearizability.view;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.CasRegister;
import dev.nucleusdb.linearizability.model.KeyValue;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Register;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Objects that each hold one value, so that what was seen tells which update it was.
///
/// A `cas` that swapped saw the value that it expected. One that refused tells only what was not
/// there, so it is taken to have seen no update.
///
/// @param initial what each holds at first
public record Cells(Value initial) {
  /// The cells of a model, if it is made of such, and none of the operations builds a value out of
  /// the one before, as `append` does.
  public static Optional<Cells> of(Model<?> model, Collection<Operation> operations) {
    for (Operation operation : operations) {
      boolean builds = operation.action().function().equals("append");
      if (builds && operation.outcome() != Outcome.FAILED) {
        return Optional.empty();
      }
    }
    return switch (model) {
      case Register register -> Optional.of(new Cells(register.initial()));
      case CasRegister register -> Optional.of(new Cells(register.initial()));
      case KeyValue keys -> Optional.of(new Cells(keys.initial()));
      case Model<?> _ -> Optional.empty();
    };
  }

  /// The value that an update leaves behind, or null if the action is none.
  static @Nullable Value written(Action action) {
    return switch (action.function()) {
      case "write", "put" -> action.argument(0);
      case "delete" -> Value.ABSENT;
      case "cas" -> {
        boolean refused = action.result().equals(Value.FALSE);
        boolean changes = !action.argument(0).equals(action.argument(1));
        yield !refused && changes ? action.argument(1) : null;
      }
      case String _ -> null;
    };
  }

  /// The value that an action saw, or null if it is not known to have seen one.
  static @Nullable Value seen(Action action) {
    return switch (action.function()) {
      case "read", "get" -> action.result().equals(Value.UNRECORDED) ? null : action.result();
      case "cas" -> action.result().equals(Value.TRUE) ? action.argument(0) : null;
      case String _ -> null;
    };
  }
}
