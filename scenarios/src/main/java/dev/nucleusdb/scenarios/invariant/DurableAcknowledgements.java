package dev.nucleusdb.scenarios.invariant;

import dev.nucleusdb.scenarios.cluster.ClusterView;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// **Durable Acknowledgements**: when an entry is first applied, which is when a client may hear of
/// it, a majority of the nodes has it on its disk, durably (Raft, §5.3, with §5.1 "updated on
/// stable storage before responding"). What is durable is asked of the simulated disks, not of the
/// nodes: a node that acknowledges too early would not tell.
///
/// A snapshot is durable when it takes the place of what was there, and with it every entry that it
/// stands for.
///
/// A node that is down counts with what its disk holds: the logs of crashed nodes are part of the
/// quorum. So does a node whose disk a fault has damaged, with all that it had written: what the
/// disk lost is not the protocol's doing, and damage stays within a minority.
final class DurableAcknowledgements implements ClusterEvents {
  private record Frame(long term, long segment, long endOffset) {}

  private final ClusterView cluster;
  private final Report report;
  private final Map<Integer, NavigableMap<Long, Frame>> frames = new TreeMap<>();
  private final Map<Integer, NavigableMap<Long, Frame>> recovered = new TreeMap<>();
  private final Map<Integer, Long> installedIndex = new TreeMap<>();
  private long lastApplied;

  DurableAcknowledgements(ClusterView cluster, Report report) {
    this.cluster = cluster;
    this.report = report;
    cluster.nodes().forEach(node -> frames.put(node, new TreeMap<>()));
  }

  @Override
  public void onFrame(int node, long index, long term, long segment, long endOffset) {
    NavigableMap<Long, Frame> found = recovered.get(node);
    NavigableMap<Long, Frame> log = found == null ? logOf(node) : found;
    if (!log.isEmpty() && log.lastKey() > index) {
      log.tailMap(index, false).clear();
    }
    log.put(index, new Frame(term, segment, endOffset));
  }

  /// What was not durable may be gone; recovery will tell of what was kept, if it comes to its end:
  /// a start that fails half way has taken nothing from the disk.
  @Override
  public void onDown(int node) {
    logOf(node).values().removeIf(frame -> !isDurable(node, frame));
    recovered.put(node, new TreeMap<>());
  }

  @Override
  public void onStarted(int node, long term, long lastIndex, long appliedIndex) {
    NavigableMap<Long, Frame> found = recovered.remove(node);
    if (found != null) {
      frames.put(node, found);
    }
  }

  @Override
  public void onInstalled(int node, long index, long term) {
    installedIndex.put(node, index);
  }

  @Override
  public void onApplied(int node, long index, long term, long hash) {
    if (index <= lastApplied) {
      return;
    }
    lastApplied = index;
    int durable = 0;
    for (int other : cluster.nodes()) {
      Frame frame = logOf(other).get(index);
      boolean logged = frame != null && frame.term() == term && isDurable(other, frame);
      durable += logged || index <= installedIndex.getOrDefault(other, 0L) ? 1 : 0;
    }
    if (durable < cluster.majority()) {
      report.broken(
          "DurableAcknowledgements",
          "n"
              + node
              + " applied entry "
              + index
              + " of term "
              + term
              + ", which is durable on "
              + durable
              + " of "
              + cluster.nodes().size()
              + " nodes");
    }
    forgetBefore(index - KEPT);
  }

  private static final long KEPT = 100_000;

  private void forgetBefore(long index) {
    if (index > 0 && index % KEPT == 0) {
      frames.values().forEach(log -> log.headMap(index).clear());
    }
  }

  private boolean isDurable(int node, Frame frame) {
    return cluster.isDamaged(node)
        || cluster.durableLogBytes(node, frame.segment()) >= frame.endOffset();
  }

  private NavigableMap<Long, Frame> logOf(int node) {
    return frames.computeIfAbsent(node, key -> new TreeMap<>());
  }
}
