package dev.nucleusdb.linearizability.special;

import dev.nucleusdb.linearizability.history.Operation;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Orders and real time.
final class RealTime {
  static final Comparator<Operation> BY_INVOCATION =
      Comparator.comparingLong(Operation::invokeTime).thenComparingInt(Operation::index);

  private RealTime() {}

  /// Two operations of which the one that stands first was invoked after the other's return.
  record Inversion(Operation first, Operation second) {}

  /// The first inversion of an order, or null if it is true to real time.
  static @Nullable Inversion firstIn(List<Operation> order) {
    @Nullable Operation latest = null;
    for (Operation operation : order) {
      if (latest != null && operation.returnTime() < latest.invokeTime()) {
        return new Inversion(latest, operation);
      }
      if (latest == null || operation.invokeTime() > latest.invokeTime()) {
        latest = operation;
      }
    }
    return null;
  }
}
