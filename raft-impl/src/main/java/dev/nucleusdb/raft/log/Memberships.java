package dev.nucleusdb.raft.log;

import dev.nucleusdb.raft.membership.Membership;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Which memberships a log names, and where. The last one is in force, from the moment at which its
/// entry is appended (thesis §4.1); cutting the entry undoes it.
final class Memberships {
  private record Placed(long index, Membership membership) {}

  /// Rising by index; at most the first is at or below the base of the log.
  private final ArrayDeque<Placed> placed = new ArrayDeque<>(1);

  void append(long index, Membership membership) {
    placed.addLast(new Placed(index, membership));
  }

  void truncateFrom(long firstIndex) {
    while (!placed.isEmpty() && placed.getLast().index() >= firstIndex) {
      placed.removeLast();
    }
  }

  /// Forgets what was replaced at or below the new base.
  void release(long baseIndex) {
    while (placed.size() > 1 && second().index() <= baseIndex) {
      placed.removeFirst();
    }
  }

  /// Begins anew after what a snapshot holds.
  void restart(long baseIndex, @Nullable Membership membership) {
    placed.clear();
    if (membership != null) {
      append(baseIndex, membership);
    }
  }

  /// Puts equal objects in the place of those that are here.
  void replaceAll(UnaryOperator<Membership> canonical) {
    for (int i = placed.size(); i > 0; i--) {
      Placed next = placed.removeFirst();
      placed.addLast(new Placed(next.index(), canonical.apply(next.membership())));
    }
  }

  private Placed second() {
    Iterator<Placed> iterator = placed.iterator();
    iterator.next();
    return iterator.next();
  }

  /// The membership in force; null if the log names none.
  @Nullable Membership last() {
    return placed.isEmpty() ? null : placed.getLast().membership();
  }

  /// Where it stands; 0 if the log names none.
  long lastIndex() {
    return placed.isEmpty() ? 0 : placed.getLast().index();
  }

  /// The membership in force at an index, not below the base.
  @Nullable Membership at(long index) {
    Membership found = null;
    for (Placed next : placed) {
      found = next.index() <= index ? next.membership() : found;
    }
    return found;
  }
}
