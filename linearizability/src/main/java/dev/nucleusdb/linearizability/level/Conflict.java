package dev.nucleusdb.linearizability.level;

import dev.nucleusdb.linearizability.Counterexample;
import dev.nucleusdb.linearizability.history.Operation;
import java.util.List;
import java.util.OptionalLong;

/// A few operations that cannot be at a level together, whether or not the others happened.
///
/// An operation is left out only if the rest stays impossible even when the omitted one, at any
/// time after what its client had done before, may have happened or not, as in [Counterexample].
///
/// @param operations what contradicts itself, ordered by invocation
/// @param context those of them that need not have happened, but show where a value came from
/// @param omitted the operations that were left out, ordered by invocation
/// @param process the client that has no view; empty if that is all of them together
/// @param minimal whether every attempt to leave out one more was decided
public record Conflict(
    List<Operation> operations,
    List<Operation> context,
    List<Operation> omitted,
    OptionalLong process,
    boolean minimal) {
  /// Copies the lists.
  public Conflict {
    operations = List.copyOf(operations);
    context = List.copyOf(context);
    omitted = List.copyOf(omitted);
  }

  static Conflict of(Counterexample found) {
    return new Conflict(
        found.operations(),
        found.context(),
        found.omitted(),
        OptionalLong.empty(),
        found.minimal());
  }
}
