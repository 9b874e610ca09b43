package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.Operation;
import java.util.List;

/// A few operations of one object that contradict each other, whether or not the others happened.
///
/// Just to delete operations while the rest stays illegal would lead astray: a single read of 1 is
/// illegal once the write of 1 is deleted, and says nothing. So an operation is left out only if
/// the rest stays illegal even when the omitted one may, within its own interval, have happened or
/// not. What remains is a reason that holds in the whole history, and it is illegal taken alone.
///
/// @param operations what contradicts itself, ordered by invocation. An operation that was still
///   open at the end of the shortest bad prefix stands here as one of unknown outcome
/// @param context those of them that are not needed for the contradiction, but show where a value
///   came from: without them, a stale read would look as if its value had never been written
/// @param omitted the operations of the shortest bad prefix that were left out, ordered by
///   invocation
/// @param stuck the operation whose return ends the shortest bad prefix: until then there was an
///   order
/// @param possibleStates the states that the object could be in before `stuck` returned, all
///   operations considered, in words, at most [#MAX_POSSIBLE_STATES] of them; none if they are too
///   many to tell
/// @param minimal whether every attempt to leave out one more was decided; otherwise a limit came
///   first, and fewer operations may do
public record Counterexample(
    List<Operation> operations,
    List<Operation> context,
    List<Operation> omitted,
    Operation stuck,
    List<String> possibleStates,
    boolean minimal) {
  /// How many possible states are listed at most: a person reads no more.
  public static final int MAX_POSSIBLE_STATES = 8;

  /// Copies the lists.
  public Counterexample {
    operations = List.copyOf(operations);
    context = List.copyOf(context);
    omitted = List.copyOf(omitted);
    possibleStates = List.copyOf(possibleStates);
  }
}
