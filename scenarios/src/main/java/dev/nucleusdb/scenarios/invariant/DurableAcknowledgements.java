package dev.nucleusdb.scenarios.invariant;

import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import dev.nucleusdb.scenarios.cluster.DurableLogs;
import dev.nucleusdb.scenarios.cluster.Report;
import dev.nucleusdb.scenarios.membership.Configurations;

/// **Durable Acknowledgements**: when an entry is first applied, which is when a client may hear of
/// it, a quorum of the configuration in force has it on its disk, durably (Raft, §5.3, with §5.1
/// "updated on stable storage before responding"; thesis, §4.3: while it is joint, a majority of
/// each half). What is durable is asked of the simulated disks, see [DurableLogs].
final class DurableAcknowledgements implements ClusterEvents {
  private static final long KEPT = 100_000;

  private final ClusterView cluster;
  private final Configurations configurations;
  private final DurableLogs durable;
  private final Report report;
  private long lastApplied;

  DurableAcknowledgements(
      ClusterView cluster, Configurations configurations, DurableLogs durable, Report report) {
    this.cluster = cluster;
    this.configurations = configurations;
    this.durable = durable;
    this.report = report;
  }

  @Override
  public void onApplied(int node, long index, long term, long hash) {
    if (index <= lastApplied) {
      return;
    }
    lastApplied = index;
    if (!configurations.mayHaveDecided(node, index, term, id -> durable.has(id, index, term))) {
      long count = cluster.nodes().stream().filter(id -> durable.has(id, index, term)).count();
      report.broken(
          "DurableAcknowledgements",
          "n"
              + node
              + " applied entry "
              + index
              + " of term "
              + term
              + ", which is durable on "
              + count
              + " of "
              + cluster.nodes().size()
              + " nodes, no quorum of "
              + configurations.at(node, index).configuration());
    }
    if (index > KEPT && index % KEPT == 0) {
      durable.forgetBefore(index - KEPT);
    }
  }
}
