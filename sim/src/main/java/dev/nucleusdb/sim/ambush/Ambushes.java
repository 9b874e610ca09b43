package dev.nucleusdb.sim.ambush;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// The ambushes of a world, and the places that its nodes pass. Whether one springs depends on the
/// seed, the place, the node and on how many times it has passed there.
public final class Ambushes {
  /// Entries are numbered from here on, so that none has the name of one that was drawn before the
  /// world began.
  private static final long NUMBER_BASE = 1_000_000;

  private final Map<String, List<Ambush>> waiting = new LinkedHashMap<>();
  private final Map<String, Long> passed = new LinkedHashMap<>();
  private final List<String> nodes;
  private final List<String> clients;
  private final RandomSource root;
  private final LongSupplier nowNanos;
  private final long endNanos;
  private final Consumer<List<PlanEntry>> struck;
  private long entryCount;

  /// @param ambushes what waits
  /// @param nodes the names of the nodes
  /// @param clients the names of the clients
  /// @param root the stream of the world's faults
  /// @param nowNanos true time
  /// @param endNanos when faults end, in true time
  /// @param struck takes what is to strike
  public Ambushes(
      List<Ambush> ambushes,
      List<String> nodes,
      List<String> clients,
      RandomSource root,
      LongSupplier nowNanos,
      long endNanos,
      Consumer<List<PlanEntry>> struck) {
    ambushes.forEach(
        ambush -> waiting.computeIfAbsent(ambush.place(), key -> new ArrayList<>()).add(ambush));
    this.nodes = nodes;
    this.clients = clients;
    this.root = root.fork("ambush");
    this.nowNanos = nowNanos;
    this.endNanos = endNanos;
    this.struck = struck;
  }

  /// A node has passed a place, or, without a name, the world its beginning.
  public void pass(String place, String node) {
    List<Ambush> here = waiting.get(place);
    if (here == null) {
      return;
    }
    long ordinal = passed.merge(place + '/' + node, 1L, Long::sum);
    RandomSource stream = root.fork(place).fork(node).fork(ordinal);
    List<PlanEntry> entries = new ArrayList<>();
    for (int i = 0; i < here.size(); i++) {
      Scene scene = new Scene(node, nodes, clients, nowNanos.getAsLong(), endNanos, stream.fork(i));
      here.get(i).spring(scene).forEach(entry -> entries.add(numbered(entry)));
    }
    struck.accept(entries);
  }

  private PlanEntry numbered(PlanEntry entry) {
    entryCount++;
    return new PlanEntry(
        entry.family(),
        entry.target(),
        NUMBER_BASE + entryCount,
        entry.atNanos(),
        entry.forNanos(),
        entry.byNanos(),
        entry.detail());
  }
}
