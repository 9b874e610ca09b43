package dev.nucleusdb.raft.membership;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.node.NodeId;
import java.util.Arrays;
import java.util.List;

/// The voting members of a group, in the order of their ids.
public final class Voters {
  private final List<NodeId> ids;

  /// @throws IllegalArgumentException if there is none, or one twice
  public Voters(List<NodeId> ids) {
    this.ids = ids.stream().sorted().distinct().toList();
    require(!this.ids.isEmpty(), "a group needs at least one voter");
    require(this.ids.size() == ids.size(), "a voter is named twice in %s", ids);
  }

  /// All of them, sorted.
  public List<NodeId> ids() {
    return ids;
  }

  /// How many there are.
  public int count() {
    return ids.size();
  }

  /// How many make a majority.
  public int majority() {
    return ids.size() / 2 + 1;
  }

  /// The place of a voter in [#ids], or -1 if it is none.
  public int placeOf(NodeId id) {
    return ids.indexOf(id);
  }

  /// The largest value that a majority of the voters has reached.
  ///
  /// @param values one per voter, in any order; sorted in place
  public long reachedByMajority(long[] values) {
    require(values.length == ids.size(), "%d values for %d voters", values.length, ids.size());
    Arrays.sort(values);
    return values[values.length - majority()];
  }
}
