package dev.nucleusdb.scenarios.membership;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.membership.Ballots;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.membership.Stores;
import dev.nucleusdb.raft.membership.VoteResult;
import dev.nucleusdb.scenarios.cluster.ClusterEvents;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Who takes part, read from the entries of the logs and not from what nodes believe: which
/// configurations each log names, also while its node is down, and which of them were committed.
public final class Configurations implements ClusterEvents {
  /// A configuration where a log names it.
  ///
  /// @param index the place of its entry; 0 for the founding one
  /// @param term the term of its entry
  /// @param configuration who takes part from there on
  /// @param stores which disks the members are known by
  public record Named(long index, long term, Configuration configuration, Stores stores) {}

  private final ClusterView cluster;
  private final Named founding;
  private final Map<Integer, NavigableMap<Long, Named>> logs = new TreeMap<>();
  private final NavigableMap<Long, Named> committed = new TreeMap<>();

  /// By node: the nodes that have applied, and so hold durably, an entry that binds it to its disk.
  private final Map<Integer, Set<Integer>> knownTo = new TreeMap<>();

  /// Watches a cluster that all of its nodes have founded.
  public Configurations(ClusterView cluster) {
    this.cluster = cluster;
    this.founding =
        new Named(
            0,
            0,
            Configuration.ofVoters(cluster.nodes().stream().map(NodeId::new).toList()),
            Stores.NONE);
  }

  @Override
  public void onStarted(int node, long term, long lastIndex, long appliedIndex) {
    RaftLog log = cluster.log(node);
    NavigableMap<Long, Named> named = named(node);
    named.clear();
    if (log != null) {
      for (long index = log.baseIndex() + 1; index <= log.lastIndex(); index++) {
        note(named, log, index);
      }
    }
  }

  @Override
  public void onAppended(int node, long index, long term, long hash) {
    NavigableMap<Long, Named> named = named(node);
    named.tailMap(index, true).clear();
    RaftLog log = cluster.log(node);
    if (log != null && index > log.baseIndex() && index <= log.lastIndex()) {
      note(named, log, index);
    }
  }

  @Override
  public void onLogRestarted(int node, long index, boolean suffixKept) {
    if (!suffixKept) {
      named(node).clear();
    }
  }

  @Override
  public void onApplied(int node, long index, long term, long hash) {
    Named here = named(node).get(index);
    if (here != null) {
      committed.putIfAbsent(index, here);
      noteBound(node, here);
    }
  }

  @Override
  public void onInstalled(int node, long index, long term) {
    Map.Entry<Long, Named> before = committed.floorEntry(index);
    if (before != null) {
      noteBound(node, before.getValue());
    }
  }

  private void noteBound(int node, Named named) {
    for (Stores.Bound bound : named.stores().bound()) {
      knownTo.computeIfAbsent(bound.id().value(), key -> new TreeSet<>()).add(node);
    }
  }

  /// Whether a node may lose its disk: all others know it by that disk, durably. Before, an empty
  /// disk under its name could be taken for a member that has never run yet.
  public boolean isKnownByItsDisk(int node) {
    return knownTo.getOrDefault(node, Collections.emptySet()).containsAll(cluster.nodes());
  }

  private static void note(NavigableMap<Long, Named> named, RaftLog log, long index) {
    Membership membership = log.entryAt(index).membership();
    if (membership != null) {
      named.put(
          index,
          new Named(index, log.termAt(index), membership.configuration(), membership.stores()));
    }
  }

  /// The configuration that a node's log names at or below an index. What the log has released was
  /// committed.
  public Named at(int node, long index) {
    RaftLog log = cluster.log(node);
    Map.Entry<Long, Named> here = named(node).floorEntry(index);
    if (log != null && (here == null || here.getKey() <= log.baseIndex())) {
      here = committed.floorEntry(Math.min(index, log.baseIndex()));
    }
    return here == null ? founding : here.getValue();
  }

  /// The configuration that a node's log names at or below an index, and all behind it.
  List<Named> from(int node, long index) {
    List<Named> all = new ArrayList<>(List.of(at(node, index)));
    all.addAll(named(node).tailMap(index, false).values());
    return all;
  }

  /// The configuration in force by a node's log.
  public Named last(int node) {
    return at(node, Long.MAX_VALUE);
  }

  /// The latest configuration that anybody has applied; the founding one at first.
  public Named lastCommitted() {
    return committed.isEmpty() ? founding : committed.lastEntry().getValue();
  }

  /// The entry of a configuration in a node's log; null if there is none at that index.
  @Nullable Named named(int node, long index) {
    return named(node).get(index);
  }

  /// Every configuration that decides now, or can without another entry: the latest that was
  /// committed, and what stands behind it in any log.
  public List<Configuration> inForce() {
    List<Configuration> all = new ArrayList<>();
    Named last = lastCommitted();
    all.add(last.configuration());
    for (int node : cluster.nodes()) {
      named(node).tailMap(last.index(), false).values().stream()
          .map(Named::configuration)
          .filter(configuration -> !all.contains(configuration))
          .forEach(all::add);
    }
    return all;
  }

  /// Whether a quorum had an entry when it was committed. A leader counts by the last configuration
  /// of its log, which is the one in force at the entry, or one behind it; behind the entry of a
  /// configuration there is none before that is committed.
  ///
  /// @param node who applied it
  /// @param has which nodes have it
  public boolean mayHaveDecided(int node, long index, long term, IntPredicate has) {
    Named own = at(node, index);
    if (isQuorum(own.configuration(), has)) {
      return true;
    }
    if (own.index() == index) {
      return false;
    }
    for (NavigableMap<Long, Named> log : logs.values()) {
      for (Named later : log.tailMap(index, false).values()) {
        if (later.term() >= term && isQuorum(later.configuration(), has)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Whether nodes are a quorum of a configuration: a majority of each half.
  public static boolean isQuorum(Configuration configuration, IntPredicate members) {
    return configuration.vote(
            id -> members.test(id.value()) ? Ballots.Ballot.GRANTED : Ballots.Ballot.REFUSED)
        == VoteResult.WON;
  }

  private NavigableMap<Long, Named> named(int node) {
    return logs.computeIfAbsent(node, key -> new TreeMap<>());
  }
}
