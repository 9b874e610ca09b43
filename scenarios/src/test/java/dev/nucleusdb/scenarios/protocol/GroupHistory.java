package dev.nucleusdb.scenarios.protocol;

import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.raft.RaftTrace;
import dev.nucleusdb.raft.election.Role;
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

  /// By node: where its log begins since it got a snapshot; 0 if it never did.
  private final int[] begins;

  /// By node: the snapshot that its recovery found in the store and not in the log; 0 if none.
  private final int[] madeGood;

  GroupHistory(ClusterView cluster) {
    int nodeCount = cluster.nodes().size();
    this.cluster = cluster;
    this.state = new SpecState(nodeCount);
    this.recovering = new boolean[nodeCount + 1];
    this.known = new boolean[nodeCount + 1];
    this.begins = new int[nodeCount + 1];
    this.madeGood = new int[nodeCount + 1];
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

  /// Before the crash takes its part: what is on the platter behind it may be torn.
  @Override
  public void onNodeDown(long atNanos, Actor node, String reason) {
    if (node.node() != null) {
      persisted(node.node().value());
      recovering[node.node().value()] = true;
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
    } else if (kind.equals(LogTrace.MOVED)) {
      places
          .get(node)
          .computeIfPresent(
              (int) a, (index, old) -> new Place(b, LogTrace.segmentOf(c), LogTrace.endOf(c)));
    } else if (kind.equals(RaftTrace.RESTARTED)) {
      snapshotTaken(node, (int) a);
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

  /// A snapshot stands for the log up to an index; while the node recovers, not before it has told
  /// what it found.
  private void snapshotTaken(int node, int index) {
    if (recovering[node]) {
      madeGood[node] = index;
      return;
    }
    persisted(node);
    add(new SpecEvent.Install(node, index));
    begins[node] = index;
    places.get(node).headMap(index, true).clear();
    places.get(node).tailMap(state.log(node).size(), false).clear();
  }

  private void started(int node, long term, int last, int applied) {
    if (known[node]) {
      int base = begins[node];
      NavigableMap<Integer, Place> found = places.get(node);
      found.headMap(base, true).clear();
      List<Long> before = state.log(node);
      int first =
          found.isEmpty() ? Math.max(base, Math.min(last, before.size())) + 1 : found.firstKey();
      List<Long> log = new ArrayList<>(before.subList(0, first - 1));
      found.values().forEach(place -> log.add(place.term()));
      appliedUntold(node, madeGood[node] > 0 ? 0 : applied);
      int end = madeGood[node] > 0 ? log.size() : last;
      int count = Math.min(applied, end);
      add(new SpecEvent.Restart(node, term, List.copyOf(log.subList(0, end)), count));
    }
    recovering[node] = false;
    known[node] = true;
    if (madeGood[node] > 0) {
      snapshotTaken(node, madeGood[node]);
      madeGood[node] = 0;
    }
  }

  /// A crash within the state machine leaves an entry applied that nobody told of.
  private void appliedUntold(int node, int applied) {
    for (int index = state.applied(node) + 1; index <= applied; index++) {
      cluster.nodes().forEach(this::persisted);
      add(new SpecEvent.Apply(node, index, state.log(node).get(index - 1)));
    }
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
