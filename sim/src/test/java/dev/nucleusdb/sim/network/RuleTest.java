package dev.nucleusdb.sim.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.TestBench;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.MessageFate;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Each rule does what its name says, and nothing else.
class RuleTest {
  private final List<Integer> received = new ArrayList<>();
  private final List<MessageFate> fates = new ArrayList<>();

  private TestBench bench(WorldOptions options) {
    TestBench bench = new TestBench(options, 3);
    for (int i = 0; i < 3; i++) {
      bench.context(i).network().receive((from, message) -> received.add((int) message[0]));
    }
    bench
        .world()
        .observe(
            new WorldObserver() {
              @Override
              public void onMessage(
                  long sentNanos,
                  Actor from,
                  Actor to,
                  int sizeBytes,
                  byte firstByte,
                  MessageFate fate,
                  long endedNanos) {
                fates.add(fate);
              }
            });
    return bench;
  }

  private TestBench following(String... entries) {
    Plan plan = Plan.parse(String.join("\n", entries));
    return bench(WorldOptions.calm(3).with(new FaultSource.Follow(plan)));
  }

  private TestBench drawing(FaultFamily family, double rate, long sizeNanos) {
    FaultMix mix = FaultMix.NONE.with(family, rate, sizeNanos);
    return bench(WorldOptions.calm(3).with(new FaultSource.Draw(mix)));
  }

  private static boolean send(TestBench bench, int from, int to, int number) {
    boolean[] sent = new boolean[1];
    bench.onNode(
        from,
        () ->
            sent[0] =
                bench
                    .context(from)
                    .network()
                    .send(new Address("n" + (to + 1)), new byte[] {(byte) number}));
    return sent[0];
  }

  private static void sendAll(TestBench bench, int count) {
    for (int i = 1; i <= count; i++) {
      send(bench, 0, 1, i);
    }
    bench.elapse(Duration.ofSeconds(5));
  }

  private static Integer[] numbers(int count) {
    return IntStream.rangeClosed(1, count).boxed().toArray(Integer[]::new);
  }

  @Test
  void undisturbed_every_message_arrives_once_and_in_order() {
    sendAll(bench(WorldOptions.calm(3)), 100);
    assertThat(received).containsExactly(numbers(100));
  }

  @Test
  void loss_takes_the_messages_of_the_plan_and_no_others() {
    sendAll(following("loss/n1>n2/2", "loss/n1>n2/4", "loss/n2>n1/1"), 5);
    assertThat(received).containsExactly(1, 3, 5);
  }

  @Test
  void loss_by_chance_takes_about_its_share() {
    TestBench bench = drawing(FaultFamily.LOSS, 0.3, 0);
    sendAll(bench, 100);
    assertThat(received).isSorted().doesNotHaveDuplicates().hasSizeBetween(50, 90);
    assertThat(bench.world().faultCounts().of(FaultFamily.LOSS)).isEqualTo(100 - received.size());
    assertThat(bench.world().plan().entries()).hasSize(100 - received.size());
  }

  @Test
  void a_delayed_message_holds_up_those_behind_it() {
    TestBench bench = following("delay/n1>n2/2 by=1s");
    for (int i = 1; i <= 3; i++) {
      send(bench, 0, 1, i);
    }
    bench.elapse(Duration.ofMillis(900));
    assertThat(received).containsExactly(1);
    bench.elapse(Duration.ofMillis(500));
    assertThat(received).containsExactly(1, 2, 3);
  }

  @Test
  void a_reordered_message_is_overtaken() {
    sendAll(following("reorder/n1>n2/2 by=1s"), 3);
    assertThat(received).containsExactly(1, 3, 2);
  }

  @Test
  void a_duplicated_message_comes_again_even_after_a_crash_of_its_receiver() {
    TestBench bench = following("duplicate/n1>n2/1 by=2s", "crash/n2/1 at=1s down=0.5s disk=drop");
    send(bench, 0, 1, 1);
    bench.elapse(Duration.ofMillis(1_600));
    bench.context(1).network().receive((from, message) -> received.add(-message[0]));
    bench.elapse(Duration.ofSeconds(3));
    assertThat(received).containsExactly(1, -1);
    assertThat(fates).containsExactly(MessageFate.DELIVERED, MessageFate.DELIVERED_AGAIN);
  }

  @Test
  void a_partition_cuts_both_ways_and_only_between_its_sides() {
    TestBench bench = following("partition/1 at=1s for=2s sides=n1|n2,n3");
    bench.elapse(Duration.ofMillis(1_500));
    send(bench, 0, 1, 1);
    send(bench, 1, 0, 2);
    send(bench, 1, 2, 3);
    bench.elapse(Duration.ofSeconds(2));
    send(bench, 0, 1, 4);
    bench.elapse(Duration.ofSeconds(1));
    assertThat(received).containsExactly(3, 4);
  }

  @Test
  void a_partition_takes_what_is_on_the_way() {
    TestBench bench = following("delay/n1>n2/1 by=1s", "partition/1 at=0.5s for=2s sides=n1|n2");
    sendAll(bench, 1);
    assertThat(received).isEmpty();
    assertThat(fates).containsExactly(MessageFate.CUT);
  }

  @Test
  void a_one_way_cut_leaves_the_way_back() {
    TestBench bench = following("one-way/1 at=1s for=2s cut=n1>n2,n3");
    bench.elapse(Duration.ofMillis(1_500));
    send(bench, 0, 1, 1);
    send(bench, 0, 2, 2);
    send(bench, 1, 0, 3);
    bench.elapse(Duration.ofSeconds(1));
    assertThat(received).containsExactly(3);
  }

  @Test
  void a_clog_keeps_messages_back_and_lets_them_go_in_order() {
    TestBench bench = following("clog/n1>n2/1 at=1s for=2s");
    bench.elapse(Duration.ofMillis(1_500));
    for (int i = 1; i <= 5; i++) {
      send(bench, 0, 1, i);
    }
    send(bench, 1, 0, 9);
    bench.elapse(Duration.ofSeconds(1));
    assertThat(received).containsExactly(9);
    bench.elapse(Duration.ofSeconds(1));
    assertThat(received).containsExactly(9, 1, 2, 3, 4, 5);
  }

  @Test
  void a_full_link_refuses() {
    NetworkProfile narrow =
        new NetworkProfile(
            LinkModel.ORDERED,
            LatencyShape.CONSTANT,
            Duration.ofMillis(1),
            Duration.ZERO,
            3,
            1_000);
    TestBench bench = bench(WorldOptions.calm(3).with(narrow));
    assertThat(IntStream.rangeClosed(1, 5).mapToObj(i -> send(bench, 0, 1, i)))
        .containsExactly(true, true, true, false, false);
    bench.elapse(Duration.ofSeconds(1));
    assertThat(received).containsExactly(1, 2, 3);
    assertThat(send(bench, 0, 1, 6)).isTrue();
  }

  @Test
  void what_is_on_the_way_to_a_crashed_node_is_lost() {
    TestBench bench = following("delay/n1>n2/1 by=2s", "crash/n2/1 at=1s down=0.5s disk=drop");
    send(bench, 0, 1, 1);
    bench.elapse(Duration.ofMillis(1_600));
    bench.context(1).network().receive((from, message) -> received.add(-message[0]));
    bench.elapse(Duration.ofSeconds(3));
    assertThat(received).isEmpty();
    assertThat(fates).containsExactly(MessageFate.DEAD_RECEIVER);
  }

  @Test
  void healing_ends_what_stands_and_spares_every_message() {
    FaultMix mix = FaultMix.NONE.with(FaultFamily.LOSS, 1, 0);
    TestBench bench = bench(WorldOptions.calm(3).with(new FaultSource.Draw(mix)));
    send(bench, 0, 1, 1);
    bench.elapse(Duration.ofSeconds(30));
    sendAll(bench, 3);
    assertThat(received).containsExactly(1, 2, 3);
    assertThat(bench.world().faultCounts().of(FaultFamily.LOSS)).isEqualTo(1);
  }
}
