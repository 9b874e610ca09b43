package dev.nucleusdb.linearizability.isolation;

import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistoryBuilder;
import java.util.stream.LongStream;

/// One cycle of many transactions with a single anti-dependency, and many transactions beside it.
///
/// ```
///   T0 ─ww─► T1 ─wr─► T2 ─ww─► …  Tn-1 ─rw─► T0      Ti and Ti+1 share the list of key i
/// ```
final class RingOfTransactions {
  private RingOfTransactions() {}

  /// @param size how many transactions the cycle has, even
  /// @param noise how many others append to the list of each of them, later
  static TransactionHistory of(int size, int noise) {
    TransactionHistoryBuilder builder = TransactionHistory.builder();
    for (int place = 0; place < size; place++) {
      int before = place - 1;
      if (place == 0) {
        builder.append(size, 1);
      } else if (before % 2 == 0) {
        builder.append(before, 2);
      } else {
        builder.readList(before, new long[] {1}, 1);
      }
      if (place == size - 1) {
        builder.readList(size, new long[0], 0);
      } else {
        builder.append(place, 1);
      }
      builder.end(place, Outcome.OK, 0, 1_000);
    }
    for (int key = 0; key < size - 1; key++) {
      int length = key % 2 == 0 ? 2 : 1;
      for (int other = 0; other < noise; other++) {
        builder.append(key, length + 1 + other);
        builder.end(size + key, Outcome.OK, 1, 1_000);
      }
      long[] list = LongStream.rangeClosed(1, length + noise).toArray();
      builder.readList(key, list, list.length);
      builder.end(size + key, Outcome.OK, 2, 1_000);
    }
    return builder.build();
  }
}
