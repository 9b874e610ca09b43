package dev.nucleusdb.linearizability.isolation.transaction;

import dev.nucleusdb.linearizability.history.Outcome;
import java.util.List;
import java.util.stream.Collectors;

/// One transaction, for reports.
///
/// @param index its number in the history, by invocation
/// @param line where its invocation stands in the file, or 0
/// @param session the process that ran it
/// @param outcome whether it committed ([Outcome#OK]), aborted, or nobody knows
/// @param invokeTime when it was asked for
/// @param returnTime when it was answered, or [TransactionHistory#NEVER]
/// @param steps what it did, in order
public record Transaction(
    int index,
    int line,
    long session,
    Outcome outcome,
    long invokeTime,
    long returnTime,
    List<Step> steps) {
  /// Copies the steps.
  public Transaction {
    steps = List.copyOf(steps);
  }

  /// The name that reports give it: `T` and its number from 1 on.
  public String name() {
    return "T" + (index + 1);
  }

  @Override
  public String toString() {
    return steps.stream().map(Step::toString).collect(Collectors.joining(", "));
  }
}
