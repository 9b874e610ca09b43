package dev.nucleusdb.sim.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.sim.trace.MessageFate;
import org.junit.jupiter.api.Test;

/// Faults of single messages beside those of [RuleTest].
class ChanceRuleTest {
  @Test
  void one_bit_is_changed_in_the_delivered_message_and_nowhere_else() {
    NetworkBench net = new NetworkBench(2, "bit-flip/n1>n2/2 bit=9", "duplicate/n1>n2/2 by=1s");
    net.send("n1", "n2", 4);
    net.send("n1", "n2", 4);
    net.elapse(3);
    assertThat(net.received).containsExactly("n2:4", "n2:6", "n2:4");
    assertThat(net.fates)
        .containsExactly(MessageFate.DELIVERED, MessageFate.DAMAGED, MessageFate.DELIVERED_AGAIN);
    assertThat(net.bench.world().violation()).isNull();
  }

  @Test
  void a_message_goes_astray_instead_or_as_well() {
    NetworkBench net =
        new NetworkBench(3, "misdelivery/n1>n2/1 to=n3", "misdelivery/n1>n2/2 to=n2,n3");
    net.send("n1", "n2", 1);
    net.elapse(1);
    assertThat(net.received).containsExactly("n3:1");
    net.send("n1", "n2", 2);
    net.elapse(1);
    assertThat(net.received).containsExactlyInAnyOrder("n3:1", "n2:2", "n3:2");
    assertThat(net.fates).contains(MessageFate.MISDELIVERED);
  }

  @Test
  void the_nth_message_of_a_type_is_dropped_however_many_of_another_are_between() {
    NetworkBench net = new NetworkBench(2, "nth-loss/n1>n2/even/2");
    for (int number : new int[] {1, 2, 3, 5, 4, 6}) {
      net.send("n1", "n2", number);
    }
    net.elapse(1);
    assertThat(net.received).containsExactly("n2:1", "n2:2", "n2:3", "n2:5", "n2:6");
  }
}
