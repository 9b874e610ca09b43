package dev.nucleusdb.scenarios.cluster;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Which entries each node has on its disk, durably. Asked of the simulated disks, not of the
/// nodes: a node that acknowledges too early would not tell.
///
/// A snapshot is durable when it takes the place of what was there, and with it every entry that it
/// stands for.
///
/// A node that is down counts with what its disk holds: the logs of crashed nodes are part of every
/// quorum. So does a node whose disk a fault has damaged, with all that it had written: what the
/// disk lost is not the protocol's doing, and damage stays within a minority.
public final class DurableLogs implements ClusterEvents {
  private record Frame(long term, long segment, long endOffset) {}

  private final ClusterView cluster;
  private final Map<Integer, NavigableMap<Long, Frame>> frames = new TreeMap<>();
  private final Map<Integer, NavigableMap<Long, Frame>> recovered = new TreeMap<>();
  private final Map<Integer, Long> installedIndex = new TreeMap<>();

  /// Watches a cluster.
  public DurableLogs(ClusterView cluster) {
    this.cluster = cluster;
  }

  /// Whether a node has this entry durably.
  public boolean has(int node, long index, long term) {
    if (index <= installedIndex.getOrDefault(node, 0L)) {
      return true;
    }
    Frame frame = logOf(node).get(index);
    return frame != null && frame.term() == term && isDurable(node, frame);
  }

  /// Whether a node has durably written an entry of this index or a later one since it was last
  /// empty, and not cut it again.
  public boolean reaches(int node, long index) {
    if (index <= installedIndex.getOrDefault(node, 0L)) {
      return true;
    }
    for (Frame frame : logOf(node).tailMap(index, true).values()) {
      if (isDurable(node, frame)) {
        return true;
      }
    }
    return false;
  }

  /// Forgets entries that nobody will ask for any more.
  public void forgetBefore(long index) {
    frames.values().forEach(log -> log.headMap(index).clear());
  }

  @Override
  public void onInstalled(int node, long index, long term) {
    installedIndex.put(node, index);
  }

  @Override
  public void onLogRestarted(int node, long index, boolean suffixKept) {
    if (!suffixKept) {
      logOf(node).clear();
    }
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

  @Override
  public void onMoved(int node, long index, long term, long segment, long endOffset) {
    NavigableMap<Long, Frame> found = recovered.get(node);
    NavigableMap<Long, Frame> log = found == null ? logOf(node) : found;
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

  private boolean isDurable(int node, Frame frame) {
    return cluster.isDamaged(node)
        || cluster.durableLogBytes(node, frame.segment()) >= frame.endOffset();
  }

  private NavigableMap<Long, Frame> logOf(int node) {
    return frames.computeIfAbsent(node, key -> new TreeMap<>());
  }
}
