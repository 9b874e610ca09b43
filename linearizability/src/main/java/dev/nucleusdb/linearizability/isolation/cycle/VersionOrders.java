package dev.nucleusdb.linearizability.isolation.cycle;

import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;

/// Who wrote the versions of each key, in their order, and which version each read saw.
///
/// ```
///   versions of a key:   0 .. observed-1     in the order that reads show
///                        observed .. end     seen by no read: after the others, in no known order
///   a read of base b has seen the versions below b, and none from b on
/// ```
///
/// @param firstVersion by key, where its versions begin in `writers`, and where the last key's end
/// @param writers by version, the transaction that wrote it; members of the graph alone
/// @param observedEnd by key, where the versions that were seen end in `writers`
/// @param base by step, the place in `writers` of the first version that a read from outside its
///   transaction has not seen, or [#NO_READ]
public record VersionOrders(int[] firstVersion, int[] writers, int[] observedEnd, int[] base) {
  /// The base of a step that read nothing from outside.
  public static final int NO_READ = -1;

  /// Marks of `later` the writers of versions that come after what a transaction has read, each
  /// once for each version. The transaction itself is left out.
  void laterWriters(TransactionHistory history, int transaction, IntSink later) {
    for (int step = history.firstStep(transaction); step < history.endStep(transaction); step++) {
      if (base[step] != NO_READ) {
        int end = firstVersion[history.key(step) + 1];
        for (int version = base[step]; version < end; version++) {
          if (writers[version] != transaction) {
            later.accept(writers[version]);
          }
        }
      }
    }
  }

  /// Takes numbers.
  interface IntSink {
    void accept(int number);
  }
}
