package dev.nucleusdb.raft.election;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.Voters;
import java.util.List;

/// The count of one election. A voter counts once, however often its reply arrives.
public final class Tally {
  private final Voters voters;
  private final boolean[] granted;

  /// An election in which nobody has voted yet.
  public Tally(Voters voters) {
    this.voters = voters;
    this.granted = new boolean[voters.count()];
  }

  /// Counts a vote; votes of strangers do not count.
  public void grant(NodeId voter) {
    int place = voters.placeOf(voter);
    if (place >= 0) {
      granted[place] = true;
    }
  }

  /// Whether a majority has granted.
  public boolean isWon() {
    int count = 0;
    for (boolean vote : granted) {
      count += vote ? 1 : 0;
    }
    return count >= voters.majority();
  }

  /// Who has not granted, in the order of their ids.
  public List<NodeId> missing() {
    return voters.ids().stream().filter(voter -> !granted[voters.placeOf(voter)]).toList();
  }
}
