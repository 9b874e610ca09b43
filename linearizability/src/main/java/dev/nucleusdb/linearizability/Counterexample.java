package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.Operation;
import java.util.List;

/// A few operations of one object that contradict each other, whatever the others did.
///
/// Just to delete operations while the rest stays illegal would lead astray: a single read of 1 is
/// illegal once the write of 1 is deleted, and says nothing. So an operation is left out only if
/// the rest stays illegal even when the omitted one may take effect at any time or never
/// ([Operation#weakened]). What remains is a reason that holds in the whole history, and is illegal
/// taken alone.
///
/// @param operations what contradicts itself, ordered by invocation. An operation that was still
///   open at the end of the shortest bad prefix stands here as one of unknown outcome
/// @param omitted the operations of the shortest bad prefix that were left out
/// @param stuck the operation that no order can place
/// @param possibleStates the states that the object can be in before `stuck` returns, in words, at
///   most [#MAX_POSSIBLE_STATES] of them
/// @param minimal whether every attempt to leave out one more was decided; otherwise a limit came
///   first, and fewer operations may do
public record Counterexample(
    List<Operation> operations,
    List<Operation> omitted,
    Operation stuck,
    List<String> possibleStates,
    boolean minimal) {
  /// How many possible states are listed at most: a person reads no more.
  public static final int MAX_POSSIBLE_STATES = 8;

  /// Copies the lists.
  public Counterexample {
    operations = List.copyOf(operations);
    omitted = List.copyOf(omitted);
    possibleStates = List.copyOf(possibleStates);
  }
}
