package dev.nucleusdb.linearizability.special;

import dev.nucleusdb.linearizability.history.Operation;
import java.util.List;

/// What a special case has to say. The judge believes none of it: an order is replayed, and a
/// conflict is searched through.
public sealed interface Proposal {
  /// An order that should explain all operations.
  ///
  /// @param operations all that completed, and those of unknown outcome that took effect
  record Order(List<Operation> operations) implements Proposal {}

  /// Operations that should contradict each other, whatever else happened.
  ///
  /// @param operations a few of the history's operations
  record Conflict(List<Operation> operations) implements Proposal {}

  /// The case does not apply, or cannot tell.
  record Nothing() implements Proposal {}
}
