package dev.nucleusdb.raft.membership;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.node.NodeId;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/// Who takes part in a group, and in which part (thesis §4.3, and §4.2.1 for learners).
///
/// While it is *joint*, every decision needs a majority of the incoming voters and a majority of
/// the outgoing ones, each counted by itself.
///
/// @param incoming the voters; those of the next configuration while it is joint
/// @param outgoing the voters of the configuration before while it is joint, otherwise empty
/// @param learners who gets entries and does not count
/// @param learnersNext outgoing voters that become learners when the joint configuration is left
/// @param autoLeave whether the leader is to leave the joint configuration once it is committed
public record Configuration(
    Majority incoming,
    Majority outgoing,
    List<NodeId> learners,
    List<NodeId> learnersNext,
    boolean autoLeave) {

  /// @throws IllegalArgumentException if somebody has parts that exclude each other
  public Configuration {
    learners = new Majority(learners).ids();
    learnersNext = new Majority(learnersNext).ids();
    for (NodeId learner : learners) {
      require(
          !incoming.contains(learner) && !outgoing.contains(learner),
          "%s is a voter and a learner",
          learner);
    }
    for (NodeId next : learnersNext) {
      require(
          outgoing.contains(next) && !incoming.contains(next),
          "%s is to be a learner next and is no voter that goes",
          next);
    }
    require(!outgoing.isEmpty() || !autoLeave, "only what is joint can be left");
  }

  /// Voters alone.
  public static Configuration ofVoters(List<NodeId> voters) {
    return new Configuration(new Majority(voters), Majority.EMPTY, List.of(), List.of(), false);
  }

  /// Whether two majorities must agree.
  public boolean isJoint() {
    return !outgoing.isEmpty();
  }

  /// Whether this member counts.
  public boolean isVoter(NodeId id) {
    return incoming.contains(id) || outgoing.contains(id);
  }

  /// Whether this member takes part at all.
  public boolean isMember(NodeId id) {
    return isVoter(id) || learners.contains(id);
  }

  /// All who count, sorted.
  public List<NodeId> voters() {
    if (outgoing.isEmpty()) {
      return incoming.ids();
    }
    TreeSet<NodeId> all = new TreeSet<>(incoming.ids());
    all.addAll(outgoing.ids());
    return List.copyOf(all);
  }

  /// All who take part, sorted.
  public List<NodeId> members() {
    if (learners.isEmpty()) {
      return voters();
    }
    TreeSet<NodeId> all = new TreeSet<>(voters());
    all.addAll(learners);
    return List.copyOf(all);
  }

  /// The largest value that a quorum has reached, in both halves if there are two.
  public long reached(ToLongFunction<NodeId> values) {
    return Math.min(incoming.reached(values), outgoing.reached(values));
  }

  /// How an election stands: won if both halves have won it, lost if one has lost it.
  public VoteResult vote(Ballots ballots) {
    VoteResult in = incoming.vote(ballots);
    VoteResult out = outgoing.vote(ballots);
    if (in == out) {
      return in;
    }
    return in == VoteResult.LOST || out == VoteResult.LOST ? VoteResult.LOST : VoteResult.PENDING;
  }

  /// In the words of etcd's scripts: `voters=(1 2)&&(1) learners=(3) autoleave`.
  @Override
  public String toString() {
    return "voters="
        + incoming
        + (isJoint() ? "&&" + outgoing : "")
        + (learners.isEmpty() ? "" : " learners=" + new Majority(learners))
        + (learnersNext.isEmpty() ? "" : " learners_next=" + new Majority(learnersNext))
        + (autoLeave ? " autoleave" : "");
  }
}
