package dev.nucleusdb.raft.log;

import dev.nucleusdb.raft.membership.Membership;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Which memberships a log names, and where. The last one is in force, from the moment at which its
/// entry is appended (thesis §4.1); cutting the entry undoes it.
final class Memberships {
  /// @param before the one that it replaced; null if none is known
  private record Placed(long index, Membership membership, @Nullable Placed before) {}

  /// Falling by index; at most the last of them is at or below the base of the log. Most logs name
  /// one.
  private @Nullable Placed last;

  void append(long index, Membership membership) {
    last = new Placed(index, membership, last);
  }

  void truncateFrom(long firstIndex) {
    while (last != null && last.index() >= firstIndex) {
      last = last.before();
    }
  }

  /// Forgets what was replaced at or below the new base.
  void release(long baseIndex) {
    if (last != null && last.before() != null) {
      last = released(last, baseIndex);
    }
  }

  private static @Nullable Placed released(@Nullable Placed placed, long baseIndex) {
    if (placed == null) {
      return null;
    }
    boolean isBase = placed.index() <= baseIndex;
    Placed before = isBase ? null : released(placed.before(), baseIndex);
    return new Placed(placed.index(), placed.membership(), before);
  }

  /// Begins anew after what a snapshot holds.
  void restart(long baseIndex, @Nullable Membership membership) {
    last = null;
    if (membership != null) {
      append(baseIndex, membership);
    }
  }

  /// Puts equal objects in the place of those that are here, the oldest first.
  void replaceAll(UnaryOperator<Membership> canonical) {
    last = replaced(last, canonical);
  }

  private static @Nullable Placed replaced(
      @Nullable Placed placed, UnaryOperator<Membership> canonical) {
    if (placed == null) {
      return null;
    }
    Placed before = replaced(placed.before(), canonical);
    return new Placed(placed.index(), canonical.apply(placed.membership()), before);
  }

  /// The membership in force; null if the log names none.
  @Nullable Membership last() {
    return last == null ? null : last.membership();
  }

  /// Where it stands; 0 if the log names none.
  long lastIndex() {
    return last == null ? 0 : last.index();
  }

  /// The membership in force at an index, not below the base.
  @Nullable Membership at(long index) {
    Placed found = last;
    while (found != null && found.index() > index) {
      found = found.before();
    }
    return found == null ? null : found.membership();
  }
}
