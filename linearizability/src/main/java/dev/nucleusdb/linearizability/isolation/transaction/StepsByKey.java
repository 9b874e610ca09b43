package dev.nucleusdb.linearizability.isolation.transaction;

import dev.nucleusdb.linearizability.isolation.level.EndOfPatience;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import java.util.Arrays;

/// The steps on each key, in the order of the history, and the transaction of each step.
///
/// @param first by key, where its steps begin in `steps`
/// @param steps the steps of all keys
/// @param transactionOf by step, its transaction
public record StepsByKey(int[] first, int[] steps, int[] transactionOf) {
  /// Sorts the steps of a history.
  ///
  /// @throws EndOfPatience if they take too much
  public static StepsByKey of(TransactionHistory history, Patience patience) {
    patience.take(Integer.BYTES * (2L * history.keyCount() + 2L * history.stepCount()));
    int[] first = new int[history.keyCount() + 1];
    int stepCount = history.stepCount();
    for (int step = 0; step < stepCount; step++) {
      first[history.key(step) + 1]++;
    }
    for (int key = 0; key < history.keyCount(); key++) {
      first[key + 1] += first[key];
    }
    int[] next = Arrays.copyOf(first, history.keyCount());
    int[] steps = new int[stepCount];
    int[] transactionOf = new int[stepCount];
    for (int transaction = 0; transaction < history.size(); transaction++) {
      int end = history.endStep(transaction);
      for (int step = history.firstStep(transaction); step < end; step++) {
        steps[next[history.key(step)]++] = step;
        transactionOf[step] = transaction;
      }
    }
    return new StepsByKey(first, steps, transactionOf);
  }
}
