package dev.nucleusdb.raft.membership;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.node.NodeId;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.ToLongFunction;

/// Members of whom more than half decide, in the order of their ids.
///
/// The empty majority agrees to everything: it has won every election and reached every index. So
/// it is neutral as one half of a joint configuration, and must never stand alone.
///
/// @param ids sorted
public record Majority(List<NodeId> ids) {
  /// Nobody.
  public static final Majority EMPTY = new Majority(List.of());

  /// What the empty majority has reached.
  public static final long EVERYTHING = Long.MAX_VALUE;

  /// As many members most groups have: what they have reached costs no array.
  private static final int MEMBERS_MOSTLY = 3;

  /// @throws IllegalArgumentException if a member is named twice
  public Majority {
    List<NodeId> sorted = ids.stream().sorted().distinct().toList();
    require(sorted.size() == ids.size(), "a member is named twice in %s", ids);
    ids = sorted;
  }

  /// Whether nobody is in it.
  public boolean isEmpty() {
    return ids.isEmpty();
  }

  /// Whether this member is in it.
  public boolean contains(NodeId id) {
    return ids.contains(id);
  }

  /// How many are more than half.
  public int quorum() {
    return ids.size() / 2 + 1;
  }

  /// The largest value that more than half of the members have reached.
  ///
  /// @param values what each member has reached
  public long reached(ToLongFunction<NodeId> values) {
    if (ids.isEmpty()) {
      return EVERYTHING;
    }
    if (ids.size() == MEMBERS_MOSTLY) {
      return middle(
          values.applyAsLong(ids.get(0)),
          values.applyAsLong(ids.get(1)),
          values.applyAsLong(ids.get(2)));
    }
    // Asked for every answer of every member: sorts by insertion, which is best for so few.
    long[] sorted = new long[ids.size()];
    for (int i = 0; i < sorted.length; i++) {
      long value = values.applyAsLong(ids.get(i));
      int place = i;
      for (; place > 0 && sorted[place - 1] > value; place--) {
        sorted[place] = sorted[place - 1];
      }
      sorted[place] = value;
    }
    return sorted[sorted.length - quorum()];
  }

  private static long middle(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  /// How an election among the members stands.
  public VoteResult vote(Ballots ballots) {
    int granted = 0;
    int missing = 0;
    for (NodeId id : ids) {
      switch (ballots.of(id)) {
        case GRANTED -> granted++;
        case MISSING -> missing++;
        case REFUSED -> {}
      }
    }
    if (ids.isEmpty() || granted >= quorum()) {
      return VoteResult.WON;
    }
    return granted + missing >= quorum() ? VoteResult.PENDING : VoteResult.LOST;
  }

  /// The numbers of the members, as in `(1 2 3)`.
  @Override
  public String toString() {
    StringJoiner numbers = new StringJoiner(" ", "(", ")");
    ids.forEach(id -> numbers.add(Integer.toString(id.value())));
    return numbers.toString();
  }
}
