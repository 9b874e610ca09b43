package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.raft.log.LogRule;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.membership.QuorumRule;
import dev.nucleusdb.raft.membership.Stores;
import java.util.List;

/// Bugs in what becomes of a node whose files were damaged.
final class RepairBugs {
  private RepairBugs() {}

  static List<Bug> all() {
    return List.of(
        RaftBugs.rules(
            "emptied-node-votes-at-once",
            "a node whose damaged log was set aside votes, and is counted, before it is filled again",
            "CTRL (FAST 2018), table 1: etcd and LogCabin, had they started",
            rules -> rules.withQuorum(new EmptiedNodeVotes())),
        RaftBugs.rules(
            "emptied-node-keeps-its-name",
            "what begins in the place of a damaged log has the same store id as before",
            "an id that is kept beside the log; the leader goes on with what it knew",
            rules -> rules.withLog(new NameIsKept())),
        RaftBugs.rules(
            "emptied-nodes-found-a-group",
            "what begins in the place of a damaged log passes for a node that has never run",
            "ZooKeeper's advice to empty the data folder; TigerBeetle, had format been recovery",
            rules -> rules.withLog(new PassesForNew())),
        RaftBugs.rules(
            "cuts-at-a-hole",
            "a log ends before the first entry that the disk has lost, and its member votes by that",
            "CTRL (FAST 2018), table 1: truncation at a corrupt entry; Ratis, WARN_AND_RETURN",
            rules -> rules.withLog(new CutsAtHole())),
        RaftBugs.rules(
            "stands-with-a-hole",
            "a member that has lost entries stands for election, and leads with empty ones",
            "CTRL (FAST 2018), 3.4: a leader must be whole before it replicates",
            rules -> rules.withLog(new StandsWithHole())));
  }

  private static final class EmptiedNodeVotes implements QuorumRule {
    @Override
    public boolean isSameStore(long bound, long storeId) {
      return bound == Stores.UNKNOWN || bound == storeId || Stores.isReplacement(storeId);
    }
  }

  private static final class NameIsKept implements LogRule {
    @Override
    public long nameOf(long random, boolean replacement) {
      return 1;
    }
  }

  private static final class CutsAtHole implements LogRule {
    @Override
    public boolean keepsHole() {
      return false;
    }
  }

  private static final class StandsWithHole implements LogRule {
    @Override
    public boolean mayStand(RaftLog log) {
      return true;
    }
  }

  private static final class PassesForNew implements LogRule {
    @Override
    public long nameOf(long random, boolean replacement) {
      return Stores.idOf(random, false);
    }
  }
}
