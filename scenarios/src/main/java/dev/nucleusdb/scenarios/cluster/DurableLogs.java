package dev.nucleusdb.scenarios.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which entries each node has on its disk, durably. Asked of the simulated disks, not of the
/// nodes: a node that acknowledges too early would not tell.
///
/// A snapshot is durable when it takes the place of what was there, and with it every entry that it
/// stands for.
///
/// A node that is down counts with what its disk holds: the logs of crashed nodes are part of every
/// quorum. So does a node whose disk a fault has damaged, with all that it had written: what the
/// disk lost is not the protocol's doing, and damage stays within a minority. And so does one whose
/// disk was replaced, with what it had on the old one.
public final class DurableLogs implements ClusterEvents {
  private final ClusterView cluster;
  private final Map<Integer, FrameLog> frames = new TreeMap<>();
  private final Map<Integer, FrameLog> recovered = new TreeMap<>();
  private final Map<Integer, Long> installedIndex = new TreeMap<>();
  private final Map<Integer, Long> stores = new TreeMap<>();
  private final Map<Integer, List<FrameLog>> lost = new TreeMap<>();
  private final Map<Integer, Long> lostInstalledIndex = new TreeMap<>();

  /// Watches a cluster.
  public DurableLogs(ClusterView cluster) {
    this.cluster = cluster;
  }

  /// Whether a node has this entry durably.
  public boolean has(int node, long index, long term) {
    if (index <= installedIndex.getOrDefault(node, 0L)
        || index <= lostInstalledIndex.getOrDefault(node, 0L)) {
      return true;
    }
    FrameLog log = logOf(node);
    int place = log.placeOf(index);
    return (place >= 0 && log.term(place) == term && isDurable(node, log, place))
        || lost.getOrDefault(node, List.of()).stream().anyMatch(old -> has(old, index, term));
  }

  private static boolean has(FrameLog log, long index, long term) {
    int place = log.placeOf(index);
    return place >= 0 && log.term(place) == term;
  }

  /// Whether a node has durably written an entry of this index or a later one since it was last
  /// empty, and not cut it again.
  public boolean reaches(int node, long index) {
    if (index <= installedIndex.getOrDefault(node, 0L)) {
      return true;
    }
    FrameLog log = logOf(node);
    for (int place = log.placeFrom(index); place < log.count(); place++) {
      if (isDurable(node, log, place)) {
        return true;
      }
    }
    return false;
  }

  /// Forgets entries that nobody will ask for any more.
  public void forgetBefore(long index) {
    frames.values().forEach(log -> log.forgetBefore(index));
  }

  @Override
  public void onStore(int node, long storeId) {
    Long before = stores.put(node, storeId);
    if (before == null || before == storeId) {
      return;
    }
    lost.computeIfAbsent(node, key -> new ArrayList<>()).add(logOf(node));
    frames.remove(node);
    recovered.remove(node);
    Long installed = installedIndex.remove(node);
    if (installed != null) {
      lostInstalledIndex.merge(node, installed, Math::max);
    }
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
    FrameLog found = recovered.get(node);
    FrameLog log = found == null ? logOf(node) : found;
    log.put(index, term, segment, endOffset);
  }

  @Override
  public void onMoved(int node, long index, long term, long segment, long endOffset) {
    FrameLog found = recovered.get(node);
    FrameLog log = found == null ? logOf(node) : found;
    log.move(index, term, segment, endOffset);
  }

  /// What was not durable may be gone; recovery will tell of what was kept, if it comes to its end:
  /// a start that fails half way has taken nothing from the disk.
  @Override
  public void onDown(int node) {
    FrameLog log = logOf(node);
    log.keep(place -> isDurable(node, log, place));
    recovered.put(node, new FrameLog());
  }

  @Override
  public void onLeft(int node) {
    // What it holds stays where it is.
  }

  @Override
  public void onStarted(int node, long term, long lastIndex, long appliedIndex) {
    FrameLog found = recovered.remove(node);
    if (found != null) {
      frames.put(node, found);
    }
  }

  private boolean isDurable(int node, FrameLog log, int place) {
    return cluster.isDamaged(node)
        || cluster.durableLogBytes(node, log.segment(place)) >= log.endOffset(place);
  }

  private FrameLog logOf(int node) {
    return frames.computeIfAbsent(node, key -> new FrameLog());
  }
}
