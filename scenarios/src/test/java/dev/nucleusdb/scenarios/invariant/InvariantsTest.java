package dev.nucleusdb.scenarios.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.database.node.DatabaseTrace;
import dev.nucleusdb.raft.RaftTrace;
import dev.nucleusdb.raft.election.Role;
import dev.nucleusdb.raft.log.LogTrace;
import dev.nucleusdb.sim.trace.Actor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What nodes tell of themselves reaches the properties that need it.
final class InvariantsTest {
  private static final Actor N1 = new Actor(0, new Address("n1"), new NodeId(1));
  private static final Actor N2 = new Actor(1, new Address("n2"), new NodeId(2));
  private static final Actor CLIENT = new Actor(2, new Address("c1"), null);

  private final List<String> broken = new ArrayList<>();
  private final Invariants invariants =
      new Invariants(new FakeCluster(), (invariant, detail) -> broken.add(invariant));

  private void trace(Actor actor, TraceKind kind, long a, long b, long c) {
    invariants.onTrace(0, actor, kind, a, b, c);
  }

  @Test
  void a_role_other_than_leader_is_no_leadership() {
    trace(N1, RaftTrace.VOTE_SENT, 2, 1, 0);
    trace(N2, RaftTrace.VOTE_SENT, 2, 1, 0);
    trace(N1, RaftTrace.ROLE, Role.LEADER.code(), 2, 0);
    trace(N2, RaftTrace.ROLE, Role.CANDIDATE.code(), 2, 0);
    assertThat(broken).isEmpty();

    trace(N2, RaftTrace.ROLE, Role.LEADER.code(), 2, 0);
    assertThat(broken).contains("ElectionSafety", "ElectedByQuorum");
  }

  @Test
  void votes_appends_and_executions_reach_their_properties() {
    trace(N1, RaftTrace.VOTE_SENT, 2, 1, 0);
    trace(N1, RaftTrace.VOTE_SENT, 2, 2, 0);
    trace(N1, RaftTrace.APPEND, 1, 1, 5);
    trace(N2, RaftTrace.APPEND, 1, 1, 6);
    trace(N1, DatabaseTrace.EXECUTED, 1, 7, 1);
    trace(N1, DatabaseTrace.EXECUTED, 2, 7, 1);

    assertThat(broken).containsExactly("OneVotePerTerm", "LogMatching", "ExactlyOnce");
  }

  @Test
  void acknowledgements_and_stale_reads_reach_their_property() {
    trace(N1, DatabaseTrace.ACKNOWLEDGED, 4, 0, 0);
    invariants.onTrace(100, N2, DatabaseTrace.STALE_READ, 3, 50, 0);

    assertThat(broken).containsExactly("BoundedStaleness");
  }

  @Test
  void starts_and_durable_stores_reach_their_property() {
    trace(N1, DatabaseTrace.STORE_DURABLE, 9, 0, 0);
    invariants.onNodeDown(0, N1, "crash");
    trace(N1, RaftTrace.STARTED, 1, 9, 8);

    assertThat(broken).containsExactly("NothingForgotten");
  }

  @Test
  void frames_and_applied_entries_reach_their_properties() {
    trace(N1, RaftTrace.STARTED, 1, 0, 0);
    trace(N1, LogTrace.FRAME, 1, 1, 50);
    trace(N1, RaftTrace.APPLY, 1, 1, 0);

    assertThat(broken).containsExactly("DurableAcknowledgements");
  }

  @Test
  void what_clients_trace_is_none_of_their_business() {
    trace(CLIENT, RaftTrace.APPLY, 5, 1, 0);

    assertThat(broken).isEmpty();
    assertThat(Invariants.names()).hasSize(19).doesNotHaveDuplicates();
  }
}
