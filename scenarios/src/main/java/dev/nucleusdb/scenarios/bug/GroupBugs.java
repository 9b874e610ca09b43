package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.raft.RaftRules;
import dev.nucleusdb.raft.group.GroupRule;
import dev.nucleusdb.raft.hibernation.SleepRule;
import dev.nucleusdb.raft.log.LogRule;
import dev.nucleusdb.raft.membership.ChangeRule;
import java.util.List;
import java.util.function.UnaryOperator;

/// Bugs of nodes that carry many groups.
final class GroupBugs {
  private GroupBugs() {}

  static List<Bug> all() {
    return List.of(
        rules(
            "sync-told-to-one-group",
            "of the groups that one sync has served only the first is told",
            "class of defect; tikv 12166 is a kin",
            rules -> rules.withGroup(new OneIsTold())),
        rules(
            "sync-covers-later-writes",
            "a group counts as durable what it wrote while the sync was under way already",
            "classic of group commit",
            rules -> rules.withGroup(new CoversLater())),
        rules(
            "message-to-another-group",
            "messages of the second group of a node are given to the first",
            "class of defect; a shared transport that forgets the group",
            rules -> rules.withGroup(new OtherGroup())),
        rules(
            "segment-of-others-deleted",
            "segments go when the first group needs them no more, whoever else does",
            "class of defect; a log shared by groups",
            rules -> rules.withLog(new FirstGroupOnly())),
        rules(
            "group-that-left-is-forgotten",
            "a group that comes again to a node that went on without it has no log and no vote there",
            "class of defect; cockroach's replica tombstones are a kin",
            rules -> rules.withGroup(new ForgetsLeaver())),
        rules(
            "sleeper-ignores-lost-node",
            "a group that sleeps goes on sleeping when the node of its leader is gone",
            "cockroach 27617 and 48082, quiescence against liveness",
            rules -> rules.withSleep(new IgnoresLoss())),
        rules(
            "sleeps-with-a-follower-behind",
            "a leader puts its group to sleep although a follower lacks entries",
            "tikv 12166; cockroach 48082",
            rules -> rules.withSleep(new SleepsBehind())),
        rules(
            "removal-not-learned",
            "who is removed, and was not told that this is committed, asks for votes for ever",
            "found here; thesis §4.2.3, disruptive servers",
            rules -> rules.withChange(new RemovalNotLearned())));
  }

  private static Bug rules(
      String name, String description, String source, UnaryOperator<RaftRules> change) {
    return new Bug(
        name,
        description,
        source,
        blueprint -> blueprint.withRaftRules(change.apply(blueprint.raftRules())));
  }

  private static final class OneIsTold implements GroupRule {
    @Override
    public boolean isToldOfSync(int place) {
      return place == 0;
    }
  }

  private static final class CoversLater implements GroupRule {
    @Override
    public boolean coversLaterWrites() {
      return true;
    }
  }

  private static final class OtherGroup implements GroupRule {
    @Override
    public int receiver(int named, int groupCount) {
      return named == 2 ? 1 : named;
    }
  }

  private static final class FirstGroupOnly implements LogRule {
    @Override
    public boolean keepsSegment(int group) {
      return group == 1;
    }
  }

  private static final class ForgetsLeaver implements GroupRule {
    @Override
    public boolean keepsLogOfLeaver() {
      return false;
    }
  }

  private static final class IgnoresLoss implements SleepRule {
    @Override
    public boolean heedsLossOfLeader() {
      return false;
    }
  }

  private static final class RemovalNotLearned implements ChangeRule {
    @Override
    public boolean learnsOfRemoval() {
      return false;
    }
  }

  private static final class SleepsBehind implements SleepRule {
    @Override
    public boolean mayLeaderSleep(boolean settled) {
      return true;
    }

    @Override
    public boolean mayFollowerSleep(boolean hasAll) {
      return true;
    }
  }
}
