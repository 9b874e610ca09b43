package dev.nucleusdb.scenarios.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.MessageFate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LeadersHearMajorityTest {
  private static final long SECOND = 1_000_000_000;
  private static final PlanEntry SLOW =
      new PlanEntry(FaultFamily.SLOW_NODE, "n1", 1, 0, SECOND, 1_000_000, "");

  private final List<String> reports = new ArrayList<>();
  private final FakeCluster cluster = new FakeCluster();
  private final LeadersHearMajority property =
      new LeadersHearMajority(cluster, (invariant, detail) -> reports.add(invariant));

  @BeforeEach
  void node_1_leads_three_voters() {
    List<NodeId> voters = List.of(new NodeId(1), new NodeId(2), new NodeId(3));
    cluster.configuration = Configuration.ofVoters(voters);
    leads(1);
  }

  private void leads(long term) {
    cluster.statuses.put(1, new ReplicatedLog.Status(true, new NodeId(1), term, 9, 9, 9));
  }

  private static Actor node(int id) {
    return new Actor(id - 1, new Address("n" + id), new NodeId(id));
  }

  /// A message from one node to another, once a second up to the end, meets its fate.
  private void hears(int to, int from, MessageFate fate, int seconds, int end) {
    for (int at = seconds; at <= end; at++) {
      property.onMessage(at * SECOND, node(from), node(to), 1, (byte) 1, fate, at * SECOND);
    }
  }

  @Test
  void a_leader_whom_nobody_reaches_is_reported_after_a_while() {
    hears(1, 2, MessageFate.CUT, 1, 5);
    assertThat(reports).isEmpty();
    hears(1, 2, MessageFate.CUT, 6, 6);
    assertThat(reports).containsExactly("LeadersHearMajority");
  }

  @Test
  void one_of_two_others_makes_a_majority_and_what_clients_say_makes_none() {
    hears(1, 2, MessageFate.DELIVERED, 1, 9);
    assertThat(reports).isEmpty();
    Actor client = new Actor(9, new Address("c1"), null);
    for (int at = 10; at <= 16; at++) {
      property.onMessage(0, client, node(1), 1, (byte) 1, MessageFate.DELIVERED, at * SECOND);
    }
    assertThat(reports).isNotEmpty();
  }

  @Test
  void a_new_reign_has_its_own_time() {
    hears(2, 3, MessageFate.DELIVERED, 1, 4);
    leads(2);
    hears(2, 3, MessageFate.DELIVERED, 5, 9);
    assertThat(reports).isEmpty();
    hears(2, 3, MessageFate.DELIVERED, 10, 10);
    assertThat(reports).isNotEmpty();
  }

  @Test
  void a_leader_that_stands_still_does_not_know() {
    property.onNodePaused(SECOND, node(1), true);
    hears(2, 3, MessageFate.DELIVERED, 1, 20);
    property.onNodePaused(20 * SECOND, node(1), false);
    hears(2, 3, MessageFate.DELIVERED, 21, 24);
    assertThat(reports).isEmpty();
    hears(2, 3, MessageFate.DELIVERED, 25, 25);
    assertThat(reports).isNotEmpty();
  }

  @Test
  void a_leader_that_was_made_slow_hears_late() {
    property.onFaultBegin(SECOND, SLOW);
    hears(2, 3, MessageFate.DELIVERED, 1, 20);
    property.onFaultEnd(20 * SECOND, SLOW);
    hears(2, 3, MessageFate.DELIVERED, 21, 24);
    assertThat(reports).isEmpty();
    hears(2, 3, MessageFate.DELIVERED, 25, 25);
    assertThat(reports).isNotEmpty();
  }
}
