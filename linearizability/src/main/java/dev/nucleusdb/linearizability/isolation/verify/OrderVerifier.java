package dev.nucleusdb.linearizability.isolation.verify;

import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Searches again through all orders of few transactions on registers, of which it was said that
/// none explains what they read: depth first, without anything that was inferred.
final class OrderVerifier {
  /// The most situations that are looked at.
  private static final int MAX_SITUATIONS = 100_000;

  private final TransactionHistory history;
  private final RawRegisters registers;
  private final OrderKept kept;
  private final List<Integer> members;
  private final Set<List<Object>> visited = new LinkedHashSet<>();

  private OrderVerifier(TransactionHistory history, OrderKept kept) {
    this.history = history;
    this.registers = new RawRegisters(history);
    this.kept = kept;
    this.members = IntStream.range(0, history.size()).filter(registers::happened).boxed().toList();
  }

  /// What came of it: nothing if there are too many orders.
  static ProofVerifier.Report report(TransactionHistory history, IsolationLevel level) {
    OrderVerifier verifier = new OrderVerifier(history, level.order());
    List<Integer> nothing = new ArrayList<>();
    for (int key = 0; key < history.keyCount(); key++) {
      nothing.add(TransactionHistory.ABSENT);
    }
    boolean found = verifier.extend(new BitSet(), nothing);
    boolean exhausted = verifier.visited.size() < MAX_SITUATIONS;
    return new ProofVerifier.Report(
        found ? Optional.of("some order explains what they read") : Optional.empty(),
        found || exhausted);
  }

  /// Depth is the number of transactions at most.
  private boolean extend(BitSet done, List<Integer> values) {
    if (done.cardinality() == members.size()) {
      return true;
    }
    for (int place = 0; place < members.size(); place++) {
      if (!done.get(place) && mayComeNext(members.get(place), done)) {
        List<Integer> after = replayed(members.get(place), values);
        if (!after.isEmpty() && visited.size() < MAX_SITUATIONS) {
          BitSet more = (BitSet) done.clone();
          more.set(place);
          if (visited.add(List.of(more, after)) && extend(more, after)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean mayComeNext(int transaction, BitSet done) {
    for (int place = 0; place < members.size(); place++) {
      int other = members.get(place);
      boolean session =
          kept != OrderKept.NONE
              && other < transaction
              && history.session(other) == history.session(transaction)
              && history.isCommitted(other);
      boolean time =
          kept == OrderKept.REAL_TIME
              && history.isCommitted(other)
              && history.returnTime(other) < history.invokeTime(transaction);
      if (!done.get(place) && (session || time)) {
        return false;
      }
    }
    return true;
  }

  /// What registers hold after a transaction, or nothing if it read something else.
  private List<Integer> replayed(int transaction, List<Integer> before) {
    List<Integer> values = new ArrayList<>(before);
    for (int step : registers.steps(transaction)) {
      if (registers.isWrite(step)) {
        values.set(history.key(step), history.value(step));
      } else if (registers.isRead(transaction, step)
          && values.get(history.key(step)) != history.value(step)) {
        return List.of();
      }
    }
    return values;
  }
}
