package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.read.ReadRule;
import dev.nucleusdb.raft.snapshot.SnapshotRule;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Bugs in snapshots, and in reads at followers.
final class SnapshotBugs {
  private SnapshotBugs() {}

  static List<Bug> all() {
    return List.of(
        RaftBugs.rules(
            "snapshot-livelock",
            "a long log is cut whoever needs it, so that a follower needs one snapshot after the other",
            "hashicorp/raft 697",
            rules -> rules.withSnapshot(new LogCutForAll())),
        RaftBugs.rules(
            "snapshot-without-membership",
            "a snapshot does not say who takes part",
            "thesis §5.1, \"latest configuration\", left out",
            rules -> rules.withSnapshot(new MembershipLeftOut())),
        RaftBugs.rules(
            "conflict-kept-under-snapshot",
            "what follows a snapshot in the log stays, also if it is another leader's",
            "hashicorp/raft 697; §7, figure 13, receiver's rule 7 left out",
            rules -> rules.withSnapshot(new ConflictKept())),
        RaftBugs.rules(
            "membership-kept-under-snapshot",
            "a membership behind a snapshot stays in force although its entry is gone",
            "openraft 1808; etcd 11510 and tikv 6344 are kin",
            rules -> rules.withSnapshot(new MembershipKept())),
        RaftBugs.rules(
            "search-ends-without-snapshot",
            "a leader seeks where a follower's log agrees, comes to where its own begins, and stops",
            "MicroRaft d300e13, an old leader that could not be synced as the previous entry was gone",
            rules -> rules.withSnapshot(new SearchEnds())),
        RaftBugs.rules(
            "follower-reads-without-asking",
            "a follower serves reads from what it has, without asking the leader",
            "stale reads of many systems; thesis §6.4.1 left out",
            rules -> rules.withRead(new ReadsWithoutAsking())),
        store(
            "snapshot-leaves-old-keys",
            "a snapshot is written over the old state, which keeps what was deleted since",
            "classic: install without clearing",
            SnapshotStore.LeavesOldKeys::new),
        store(
            "snapshot-forgets-sessions",
            "a snapshot has the keys and not the sessions",
            "thesis §6.3, \"part of the snapshot\", left out",
            SnapshotStore.ForgetsSessions::new),
        store(
            "snapshot-not-durable",
            "a snapshot is in force before it is on the disk",
            "etcd 10219 and others: the snapshot is saved after the log has moved",
            SnapshotStore.NotDurable::new));
  }

  private static Bug store(
      String name, String description, String source, UnaryOperator<StorageEngine> wrapper) {
    return new Bug(name, description, source, blueprint -> blueprint.withStore(wrapper));
  }

  private static final class LogCutForAll implements SnapshotRule {
    @Override
    public long releasable(long wanted, long needed) {
      return wanted;
    }

    @Override
    public long held(long snapshotIndex) {
      return Long.MAX_VALUE;
    }
  }

  private static final class MembershipLeftOut implements SnapshotRule {
    @Override
    public @Nullable Membership membership(@Nullable Membership atMark) {
      return null;
    }
  }

  private static final class ConflictKept implements SnapshotRule {
    @Override
    public boolean keepsSuffix(boolean matches) {
      return true;
    }
  }

  private static final class MembershipKept implements SnapshotRule {
    @Override
    public boolean replacesMembership() {
      return false;
    }
  }

  private static final class SearchEnds implements SnapshotRule {
    @Override
    public boolean maySend(boolean sought) {
      return !sought;
    }
  }

  private static final class ReadsWithoutAsking implements ReadRule {
    @Override
    public boolean mustAskLeader() {
      return false;
    }
  }
}
