package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.raft.read.LeaseOptions;
import dev.nucleusdb.raft.read.LeaseRule;
import dev.nucleusdb.raft.read.ReadRule;
import java.util.List;

/// Bugs in reads that ask nobody. Those of leases bring leases that outlast their leader.
final class LeaseBugs {
  private LeaseBugs() {}

  static List<Bug> all() {
    return List.of(
        lease(
            "lease-from-commit",
            "a lease is counted from when its entry is committed, not from when it was made",
            "yugabyte-db 16, a lease counted from the wrong moment",
            new FromCommit()),
        lease(
            "lease-not-waited-for",
            "a new leader commits at once, although an earlier one may serve reads by its lease",
            "derived from LeaseGuard, arXiv 2512.15659, deferred commits",
            new NotWaitedFor()),
        lease(
            "lease-kept-in-transfer",
            "a leader tells another that its lease is given up, and goes on serving reads by it",
            "tikv 1593; openraft 1749",
            new KeptInTransfer()),
        lease(
            "lease-ignores-drift",
            "a new leader waits for as long as the lease lasts, as if all clocks ran alike",
            "tikv 964; the lease in ticks of etcd",
            new DriftIgnored()),
        lease(
            "lease-serves-limbo",
            "a new leader serves reads by an inherited lease without knowing what is committed",
            "derived from LeaseGuard, arXiv 2512.15659, the limbo region",
            new LimboServed()),
        RaftBugs.rules(
            "staleness-from-arrival",
            "a state counts as young from when a leader's word arrived, not from when it was given",
            "derived: the way of the message forgotten",
            rules -> rules.withRead(new FromArrival())));
  }

  private static Bug lease(String name, String description, String source, LeaseRule rule) {
    return new Bug(
        name,
        description,
        source,
        blueprint ->
            blueprint.withLongLease().withRaftRules(blueprint.raftRules().withLease(rule)));
  }

  private static final class FromArrival implements ReadRule {
    @Override
    public long freshSince(long sinceNanos, long arrivedNanos) {
      return arrivedNanos;
    }
  }

  private static final class FromCommit implements LeaseRule {
    @Override
    public long heldFrom(long madeNanos, long committedNanos) {
      return committedNanos;
    }
  }

  private static final class NotWaitedFor implements LeaseRule {
    @Override
    public long waitNanos(LeaseOptions options) {
      return 0;
    }
  }

  private static final class KeptInTransfer implements LeaseRule {
    @Override
    public long givenUp(long lastIndex) {
      return 0;
    }
  }

  private static final class DriftIgnored implements LeaseRule {
    @Override
    public long waitNanos(LeaseOptions options) {
      return options.heldNanos();
    }
  }

  private static final class LimboServed implements LeaseRule {
    @Override
    public boolean mayInherit(long commitIndex, long inheritedIndex) {
      return true;
    }
  }
}
