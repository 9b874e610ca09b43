package dev.nucleusdb.sim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.sim.trace.MessageFate;
import org.junit.jupiter.api.Test;

/// Shapes of cuts, clogs and narrow links: each does what its name says, and no more.
class StandingRuleTest {
  @Test
  void the_node_in_the_middle_of_a_bridge_hears_both_sides() {
    NetworkBench net = new NetworkBench(3, "bridge/1 at=0s for=1s sides=n1|n3");
    net.elapse(0.1);
    net.send("n1", "n3", 1);
    net.send("n1", "n2", 2);
    net.elapse(0.1);
    net.send("n2", "n3", 3);
    net.elapse(1);
    net.send("n1", "n3", 4);
    net.elapse(0.5);
    assertThat(net.received).containsExactly("n2:2", "n3:3", "n3:4");
  }

  @Test
  void in_a_ring_only_neighbours_hear_each_other() {
    NetworkBench net = new NetworkBench(5, "ring/1 at=0s for=1s nodes=n3,n1,n5,n2,n4");
    net.elapse(0.1);
    for (int to = 2; to <= 5; to++) {
      net.send("n1", "n" + to, to);
    }
    net.send("n3", "n4", 9);
    net.elapse(0.5);
    assertThat(net.received).containsExactlyInAnyOrder("n3:3", "n5:5", "n4:9");
    assertThatThrownBy(() -> new NetworkBench(3, "ring/1 at=0s for=1s nodes=n1,n2,n3"))
        .hasMessageContaining("a ring of 3 cuts nothing");
  }

  @Test
  void a_pair_that_is_cut_is_heard_by_all_others() {
    NetworkBench net = new NetworkBench(3, "partial/1 at=0s for=1s sides=n1|n2");
    net.elapse(0.1);
    net.send("n1", "n2", 1);
    net.send("n2", "n1", 2);
    net.send("n1", "n3", 3);
    net.elapse(0.1);
    net.send("n3", "n2", 4);
    net.elapse(0.1);
    assertThat(net.received).containsExactly("n3:3", "n2:4");
  }

  @Test
  void a_flapping_partition_comes_and_goes() {
    NetworkBench net = new NetworkBench(2, "flap/1 at=1s for=10s by=2s sides=n1|n2");
    for (int second = 0; second < 6; second++) {
      net.elapse(second == 0 ? 0.5 : 1);
      net.send("n1", "n2", second);
    }
    net.elapse(0.4);
    assertThat(net.received).containsExactly("n2:0", "n2:2", "n2:4");
  }

  @Test
  void whoever_leads_is_isolated_from_nodes() {
    NetworkBench net = new NetworkBench(3, "isolate-leader/1 at=1s for=1s");
    net.elapse(1.1);
    net.send("n1", "n2", 1);
    net.send("n2", "n3", 2);
    net.send("n1", "n3", 3);
    net.elapse(1);
    net.send("n1", "n2", 4);
    net.elapse(0.5);
    assertThat(net.received).containsExactly("n3:3", "n2:4");
  }

  @Test
  void a_clogged_node_neither_sends_nor_receives_in_the_ways_that_are_named() {
    for (String ways : new String[] {"in", "out", "both"}) {
      NetworkBench net = new NetworkBench(3, "clog-node/n1/1 at=0s for=1s ways=" + ways);
      net.elapse(0.1);
      net.send("n1", "n2", 1);
      net.send("n2", "n1", 2);
      net.send("n2", "n3", 3);
      net.elapse(0.5);
      assertThat(net.received.contains("n2:1")).isEqualTo(ways.equals("in"));
      assertThat(net.received.contains("n1:2")).isEqualTo(ways.equals("out"));
      net.elapse(1);
      assertThat(net.received).containsExactlyInAnyOrder("n2:1", "n1:2", "n3:3");
    }
  }

  @Test
  void a_swizzle_clogs_one_after_another_and_lets_go_in_another_order() {
    NetworkBench net = new NetworkBench(3, "swizzle/1 at=1s for=9s turns=n1:0s:6s,n2:2s:4s");
    net.elapse(1.5);
    net.send("n1", "n3", 1);
    net.send("n2", "n3", 2);
    net.elapse(2);
    net.send("n2", "n3", 3);
    net.send("n3", "n2", 4);
    net.elapse(1);
    assertThat(net.received).containsExactly("n3:2");
    net.elapse(1);
    assertThat(net.received).containsExactlyInAnyOrder("n3:2", "n3:3", "n2:4");
    net.elapse(2);
    assertThat(net.received).hasSize(4).last().isEqualTo("n3:1");
  }

  @Test
  void far_nodes_hear_each_other_later_in_both_directions() {
    NetworkBench net = new NetworkBench(3, "far/n1>n2/1 at=0s for=5s by=1s");
    net.elapse(0.1);
    net.send("n1", "n2", 1);
    net.send("n2", "n1", 2);
    net.send("n1", "n3", 3);
    net.elapse(0.9);
    assertThat(net.received).containsExactly("n3:3");
    net.elapse(0.5);
    assertThat(net.received).containsExactlyInAnyOrder("n3:3", "n2:1", "n1:2");
  }

  @Test
  void a_narrow_line_makes_messages_later_and_later_and_then_drops_them() {
    NetworkBench net = new NetworkBench(3, "bandwidth/n1/1 at=0s for=60s bytes=1000");
    net.elapse(0.1);
    for (int i = 1; i <= 6; i++) {
      net.send("n1", i % 2 == 0 ? "n2" : "n3", i, 500);
    }
    net.elapse(0.9);
    assertThat(net.received).containsExactly("n3:1");
    net.elapse(4);
    assertThat(net.received).containsExactly("n3:1", "n2:2", "n3:3");
    assertThat(net.fates).filteredOn(fate -> fate == MessageFate.LOST).hasSize(3);
  }

  @Test
  void a_short_queue_drops_what_comes_on_top() {
    NetworkBench net = new NetworkBench(2, "queue/n1>n2/1 at=0s for=60s capacity=2");
    net.elapse(0.1);
    for (int i = 1; i <= 4; i++) {
      assertThat(net.send("n1", "n2", i)).isTrue();
    }
    net.elapse(1);
    net.send("n1", "n2", 5);
    net.elapse(1);
    assertThat(net.received).containsExactly("n2:1", "n2:2", "n2:5");
  }

  @Test
  void messages_of_one_type_are_dropped_or_late_and_others_are_not() {
    NetworkBench net =
        new NetworkBench(
            3,
            "typed-loss/n1>n2/1 at=0s for=1s type=odd",
            "typed-delay/n1/1 at=0s for=1s by=2s type=even");
    net.elapse(0.1);
    for (int i = 1; i <= 2; i++) {
      net.send("n1", "n2", i);
      net.send("n1", "n3", i);
    }
    net.elapse(1);
    assertThat(net.received).containsExactly("n3:1");
    net.send("n1", "n2", 7);
    net.elapse(0.5);
    assertThat(net.received).containsExactly("n3:1", "n2:7");
    net.elapse(2);
    assertThat(net.received).contains("n2:2", "n3:2").hasSize(4);
  }
}
