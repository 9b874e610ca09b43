package dev.nucleusdb.scenarios.invariant;

import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.trace.Digest;
import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import dev.nucleusdb.scenarios.cluster.Report;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// **Replica Agreement**: stores that have applied the same entries hold the same keys and values.
/// Asked of the healed core's undamaged nodes: disks outside of it may still misread. Looked at in
/// the end, because it costs a scan of every store.
final class ReplicaAgreement implements ClusterEvents {
  /// What is below belongs to each node alone.
  private static final byte[] REPLICATED_BEGIN = {0x01};

  private record Content(int node, long keyCount, long digest) {}

  private final ClusterView cluster;
  private final Report report;

  ReplicaAgreement(ClusterView cluster, Report report) {
    this.cluster = cluster;
    this.report = report;
  }

  @Override
  public void onEnd() {
    Map<Long, Content> byIndex = new LinkedHashMap<>();
    for (int node : cluster.core()) {
      StorageEngine store = cluster.store(node);
      if (store == null || cluster.isDamaged(node)) {
        continue;
      }
      Content mine = contentOf(node, store);
      if (mine == null) {
        return;
      }
      Content other = byIndex.putIfAbsent(store.appliedIndex(), mine);
      if (other != null && other.digest() != mine.digest()) {
        report.broken(
            "ReplicaAgreement",
            String.format(
                Locale.ROOT,
                "n%d (%d keys) and n%d (%d keys) have both applied entry %d and differ",
                other.node(),
                other.keyCount(),
                node,
                mine.keyCount(),
                store.appliedIndex()));
      }
    }
  }

  private @org.jspecify.annotations.Nullable Content contentOf(int node, StorageEngine store) {
    Digest digest = new Digest();
    long[] count = {0};
    try {
      store.scan(
          REPLICATED_BEGIN,
          null,
          (key, value) -> {
            digest.add(key);
            digest.add(value);
            count[0]++;
            return true;
          });
    } catch (CorruptionException e) {
      report.broken("ReplicaAgreement", "n" + node + " cannot be read: " + e.getMessage());
      return null;
    }
    return new Content(node, count[0], digest.value());
  }
}
