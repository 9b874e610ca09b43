package dev.nucleusdb.scenarios.search;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.raft.RaftTrace;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Which abstract states of a cluster a world goes through: for each node its role, whether it is
/// up, standing still or down, the rank of its term among all terms, and how far its log and what
/// it has applied lie behind the furthest; without names, so that clusters that differ only in who
/// is who are one state. Coverage in the sense of Fray's and Antithesis's guidance, over states of
/// the protocol instead of branches of the code.
///
/// Looked at when a role, a term, or the standing of a node changes, not after every event.
public final class ClusterStates implements WorldObserver {
  private static final int DOWN = 4;
  private static final int PAUSED = 5;
  private static final int FIELD_COUNT = 4;
  private static final int ROLE = 0;
  private static final int TERM = 1;
  private static final int LAST = 2;
  private static final int APPLIED = 3;

  private final Map<Integer, long[]> nodes = new TreeMap<>();
  private final Map<Long, Long> firstSeen = new LinkedHashMap<>();

  /// The states, by their fingerprints, and when each was first reached.
  public Map<Long, Long> firstSeen() {
    return Collections.unmodifiableMap(firstSeen);
  }

  @Override
  public void onTrace(long atNanos, Actor actor, TraceKind kind, long a, long b, long c) {
    if (actor.node() == null) {
      return;
    }
    long[] node = node(actor);
    String name = kind.name();
    if (name.equals(RaftTrace.APPLY.name())) {
      node[APPLIED] = a;
    } else if (name.equals(RaftTrace.APPEND.name())) {
      node[LAST] = a;
    } else if (name.equals(RaftTrace.ROLE.name())) {
      node[ROLE] = a;
      node[TERM] = b;
      node[LAST] = c;
      look(atNanos);
    } else if (name.equals(RaftTrace.HARD_STATE.name())) {
      node[TERM] = a;
      look(atNanos);
    }
  }

  @Override
  public void onNodeUp(long atNanos, Actor actor, int incarnation) {
    node(actor)[ROLE] = 0;
    look(atNanos);
  }

  @Override
  public void onNodeDown(long atNanos, Actor actor, String reason) {
    node(actor)[ROLE] = DOWN;
    look(atNanos);
  }

  @Override
  public void onNodePaused(long atNanos, Actor actor, boolean paused) {
    node(actor)[ROLE] = paused ? PAUSED : 0;
    look(atNanos);
  }

  private long[] node(Actor actor) {
    return nodes.computeIfAbsent(actor.index(), index -> new long[FIELD_COUNT]);
  }

  private void look(long atNanos) {
    long[] codes = new long[nodes.size()];
    long termMax = max(TERM);
    long lastMax = max(LAST);
    long appliedMax = max(APPLIED);
    int i = 0;
    for (long[] node : nodes.values()) {
      long term = Math.min(3, termMax - node[TERM]);
      codes[i++] =
          node[ROLE] << 12
              | term << 8
              | distance(lastMax - node[LAST]) << 4
              | distance(appliedMax - node[APPLIED]);
    }
    Arrays.sort(codes);
    long hash = codes.length;
    for (long code : codes) {
      hash = SplitMix.mix(hash ^ code);
    }
    firstSeen.putIfAbsent(hash, atNanos);
  }

  private long max(int field) {
    long most = 0;
    for (long[] node : nodes.values()) {
      most = Math.max(most, node[field]);
    }
    return most;
  }

  /// Equal, one behind, a few behind, far behind.
  private static long distance(long behind) {
    if (behind <= 1) {
      return Math.max(0, behind);
    }
    return behind <= 10 ? 2 : 3;
  }
}
