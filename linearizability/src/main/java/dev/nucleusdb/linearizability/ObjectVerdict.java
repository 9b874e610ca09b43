package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the judge says of one object of a history.
public sealed interface ObjectVerdict {
  /// The object, [Value#UNRECORDED] where there is only one.
  Value key();

  /// There is an order that explains all of its operations.
  ///
  /// @param order the operations as they took effect; operations of unknown outcome that never did
  ///   are missing
  record Explained(Value key, List<Operation> order) implements ObjectVerdict {
    /// Copies the order.
    public Explained {
      order = List.copyOf(order);
    }
  }

  /// There is none.
  record Contradicted(Value key, Counterexample counterexample) implements ObjectVerdict {}

  /// A limit came first.
  ///
  /// @param cause the limit
  /// @param passedCount how many returns some order had explained
  /// @param returnCount how many returns there are
  /// @param deepest the operation whose return no order had explained yet, or null if there is none
  record Undecided(
      Value key, Verdict.Cause cause, int passedCount, int returnCount, @Nullable Operation deepest)
      implements ObjectVerdict {}
}
