package dev.nucleusdb.sim.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.trace.TraceKind;
import org.junit.jupiter.api.Test;

/// What can have influenced what, on recordings made by hand.
class CausalSliceTest {
  private static final TraceKind THOUGHT = TraceKind.of("toy.thought", "number");
  private static final TraceKind WRITTEN = TraceKind.of("toy.written", "number");

  private final Recording recording = new Recording();

  private static Actor node(int number) {
    return new Actor(number - 1, new Address("n" + number), new NodeId(number));
  }

  private int thinks(long at, int node) {
    recording.onTrace(at, node(node), THOUGHT, 0, 0, 0);
    return recording.count() - 1;
  }

  private int writes(long at, int node) {
    recording.onTrace(at, node(node), WRITTEN, 0, 0, 0);
    return recording.count() - 1;
  }

  private int message(long sent, int from, int to, MessageFate fate, long ended) {
    recording.onMessage(sent, node(from), node(to), 9, (byte) 'R', fate, ended);
    return recording.count() - 1;
  }

  private int restarts(long at, int node) {
    recording.onNodeDown(at, node(node), "crash");
    recording.onNodeUp(at + 1, node(node), 2);
    return recording.count() - 1;
  }

  private CausalSlice slice(int last, int node) {
    return CausalSlice.before(recording, last, node(node)::equals, WRITTEN::equals);
  }

  @Test
  void the_past_of_a_node_is_its_own_and_that_of_whoever_it_heard_up_to_the_send() {
    int heard = thinks(10, 2);
    int unheard = thinks(30, 2);
    int delivery = message(20, 2, 1, MessageFate.DELIVERED, 40);
    int own = thinks(50, 1);
    int later = thinks(60, 1);
    assertThat(slice(own, 1).rows()).containsExactly(heard, delivery, own);
    assertThat(slice(later, 1).contains(unheard)).isFalse();
    assertThat(slice(later, 3).count()).isZero();
  }

  @Test
  void influence_is_handed_on() {
    int origin = thinks(10, 3);
    message(20, 3, 2, MessageFate.DELIVERED, 30);
    message(30, 2, 1, MessageFate.DELIVERED_AGAIN, 90);
    int end = thinks(95, 1);
    assertThat(slice(end, 1).contains(origin)).isTrue();
  }

  @Test
  void a_message_that_did_not_arrive_influences_nothing() {
    int unheard = thinks(10, 2);
    int lost = message(20, 2, 1, MessageFate.LOST, 20);
    int end = thinks(50, 1);
    assertThat(slice(end, 1).contains(unheard)).isFalse();
    assertThat(slice(end, 1).contains(lost)).isFalse();
  }

  @Test
  void only_what_was_durable_outlives_a_crash() {
    int before = thinks(10, 1);
    int written = writes(20, 1);
    int forgotten = thinks(30, 1);
    int up = restarts(40, 1);
    int end = thinks(50, 1);
    CausalSlice past = slice(end, 1);
    assertThat(past.rows()).containsExactly(before, written, up - 1, up, end);
    assertThat(past.contains(forgotten)).isFalse();
  }

  @Test
  void what_was_only_thought_before_a_crash_still_counts_if_it_was_sent() {
    int sent = thinks(30, 1);
    int forgotten = thinks(33, 1);
    int delivery = message(32, 1, 2, MessageFate.DELIVERED, 35);
    restarts(40, 1);
    message(45, 2, 1, MessageFate.DELIVERED, 46);
    int end = thinks(50, 1);
    CausalSlice past = slice(end, 1);
    assertThat(past.contains(delivery)).isTrue();
    assertThat(past.contains(sent)).isTrue();
    assertThat(past.contains(forgotten)).isFalse();
  }
}
