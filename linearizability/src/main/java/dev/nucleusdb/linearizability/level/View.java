package dev.nucleusdb.linearizability.level;

import dev.nucleusdb.linearizability.history.Operation;
import java.util.List;
import java.util.OptionalLong;

/// An order that explains what was seen.
///
/// @param process the client that saw it so; empty if all did
/// @param order the operations as they took effect; operations of unknown outcome may be missing
public record View(OptionalLong process, List<Operation> order) {
  /// Copies the order.
  public View {
    order = List.copyOf(order);
  }
}
