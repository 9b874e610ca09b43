package dev.nucleusdb.scenarios.protocol;

import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.raft.RaftTrace;
import dev.nucleusdb.raft.Role;
import dev.nucleusdb.raft.log.LogTrace;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Writes down what the nodes of a world do, in the words of the specification. How far a log is
/// durable is asked of the simulated disks before each event of the node, and of all before
/// something is applied: the nodes are not believed.
final class GroupHistory implements WorldObserver {
  private record Place(long term, long segment, long end) {}

  private final ClusterView cluster;
  private final SpecState state;
  private final List<SpecEvent> events = new ArrayList<>();
  private final List<NavigableMap<Integer, Place>> places = new ArrayList<>();
  private final boolean[] recovering;
  private final boolean[] known;

  GroupHistory(ClusterView cluster) {
    int nodeCount = cluster.nodes().size();
    this.cluster = cluster;
    this.state = new SpecState(nodeCount);
    this.recovering = new boolean[nodeCount + 1];
    this.known = new boolean[nodeCount + 1];
    for (int node = 0; node <= nodeCount; node++) {
      places.add(new TreeMap<>());
    }
  }

  /// All that happened.
  List<SpecEvent> events() {
    return events;
  }

  @Override
  public void onNodeUp(long atNanos, Actor node, int incarnation) {
    if (node.node() != null) {
      int id = node.node().value();
      recovering[id] = true;
      places.set(id, new TreeMap<>());
    }
  }

  @Override
  public void onTrace(long atNanos, Actor actor, TraceKind kind, long a, long b, long c) {
    if (actor.node() == null) {
      return;
    }
    int node = actor.node().value();
    if (kind.equals(LogTrace.FRAME)) {
      places.get(node).tailMap((int) a, true).clear();
      places.get(node).put((int) a, new Place(b, LogTrace.segmentOf(c), LogTrace.endOf(c)));
    } else if (kind.equals(RaftTrace.STARTED)) {
      started(node, a, (int) b, (int) c);
    } else if (kind.equals(RaftTrace.HARD_STATE)) {
      persisted(node);
      add(new SpecEvent.Ballot(node, a, b));
    } else if (kind.equals(RaftTrace.VOTE_SENT)) {
      persisted(node);
      add(new SpecEvent.Vote(node, a, b));
    } else if (kind.equals(RaftTrace.ROLE)) {
      persisted(node);
      part(node, (int) a, b);
    } else if (kind.equals(RaftTrace.APPEND)) {
      persisted(node);
      places.get(node).tailMap((int) a, true).clear();
      add(new SpecEvent.Add(node, (int) a, b));
    } else if (kind.equals(RaftTrace.APPLY)) {
      cluster.nodes().forEach(this::persisted);
      add(new SpecEvent.Apply(node, (int) a, b));
    }
  }

  private void part(int node, int role, long term) {
    if (role == Role.LEADER.code()) {
      add(new SpecEvent.Lead(node, term));
    } else {
      add(new SpecEvent.Part(node, role == Role.CANDIDATE.code() ? "candidate" : "follower"));
    }
  }

  private void started(int node, long term, int last, int applied) {
    recovering[node] = false;
    if (known[node]) {
      NavigableMap<Integer, Place> found = places.get(node);
      int first = found.isEmpty() ? last + 1 : found.firstKey();
      List<Long> log = new ArrayList<>(state.log(node).subList(0, first - 1));
      found.values().forEach(place -> log.add(place.term()));
      add(new SpecEvent.Restart(node, term, List.copyOf(log.subList(0, last)), applied));
    }
    known[node] = true;
  }

  private void persisted(int node) {
    if (recovering[node]) {
      return;
    }
    int index = state.durable(node);
    for (Place place = places.get(node).get(index + 1);
        place != null && cluster.durableLogBytes(node, place.segment()) >= place.end();
        place = places.get(node).get(index + 1)) {
      index++;
    }
    if (index > state.durable(node)) {
      add(new SpecEvent.Persist(node, index));
    }
  }

  private void add(SpecEvent event) {
    events.add(event);
    state.follow(event);
  }
}
