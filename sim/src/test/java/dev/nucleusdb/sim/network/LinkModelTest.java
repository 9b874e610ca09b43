package dev.nucleusdb.sim.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.CounterRandom;
import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.trace.MessageFate;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What carries messages, what a connection does, and how long undisturbed messages take.
class LinkModelTest {
  private static final String STREAM = "links=stream";

  @Test
  void a_stream_sends_again_what_was_lost_and_holds_up_the_rest() {
    NetworkBench net = new NetworkBench(2, STREAM, "loss/n1>n2/2");
    for (int i = 1; i <= 3; i++) {
      net.send("n1", "n2", i);
    }
    net.elapse(0.15);
    assertThat(net.received).containsExactly("n2:1");
    net.elapse(0.5);
    assertThat(net.received).containsExactly("n2:1", "n2:2", "n2:3");
  }

  @Test
  void a_stream_keeps_the_order_whatever_is_late_and_datagrams_do_not() {
    for (String links : new String[] {STREAM, "links=datagram"}) {
      NetworkBench net = new NetworkBench(2, links, "delay/n1>n2/1 by=1s", "reorder/n1>n2/3 by=1s");
      for (int i = 1; i <= 4; i++) {
        net.send("n1", "n2", i);
      }
      net.elapse(3);
      assertThat(net.received).hasSize(4);
      assertThat(net.received.getFirst().equals("n2:1")).isEqualTo(links.equals(STREAM));
    }
  }

  @Test
  void a_reset_takes_what_is_on_the_way_and_a_new_connection_carries_the_rest() {
    NetworkBench net =
        new NetworkBench(2, STREAM, "delay/n1>n2/1 by=2s", "reset/n1>n2/1 at=1s for=0.5s");
    net.send("n1", "n2", 1);
    net.elapse(1.1);
    assertThat(net.send("n1", "n2", 2)).isTrue();
    net.send("n2", "n1", 3);
    net.elapse(0.2);
    assertThat(net.received).containsExactly("n1:3");
    net.elapse(3);
    assertThat(net.received).containsExactly("n1:3", "n2:2");
    assertThat(net.fates).contains(MessageFate.LOST);
  }

  @Test
  void a_half_open_connection_swallows_until_a_side_starts_anew() {
    NetworkBench net =
        new NetworkBench(
            2, STREAM, "half-open/n1>n2/1 at=1s for=60s", "crash/n2/1 at=2s down=1s disk=drop");
    net.elapse(1.5);
    assertThat(net.send("n1", "n2", 1)).isTrue();
    net.send("n2", "n1", 2);
    net.elapse(2);
    net.listen(1);
    net.send("n1", "n2", 3);
    net.elapse(1);
    assertThat(net.received).containsExactly("n1:2", "n2:3");
  }

  @Test
  void a_half_closed_connection_refuses_and_the_other_half_works() {
    NetworkBench net = new NetworkBench(2, STREAM, "half-close/n1>n2/1 at=1s for=1s");
    net.elapse(1.5);
    assertThat(net.send("n1", "n2", 1)).isFalse();
    assertThat(net.send("n2", "n1", 2)).isTrue();
    net.elapse(1);
    assertThat(net.send("n1", "n2", 3)).isTrue();
    net.elapse(1);
    assertThat(net.received).containsExactly("n1:2", "n2:3");
  }

  @Test
  void who_refuses_connections_loses_those_there_are_and_tells_senders() {
    NetworkBench net =
        new NetworkBench(3, STREAM, "delay/n1>n2/1 by=1s", "refuse/n2/1 at=0.5s for=2s");
    net.send("n1", "n2", 1);
    net.elapse(1);
    assertThat(net.send("n3", "n2", 2)).isFalse();
    assertThat(net.send("n2", "n3", 3)).isTrue();
    net.elapse(2);
    assertThat(net.send("n3", "n2", 4)).isTrue();
    net.elapse(1);
    assertThat(net.received).containsExactly("n3:3", "n2:4");
  }

  @Test
  void the_end_of_a_process_is_heard_after_what_it_had_sent_and_the_loss_of_power_is_not() {
    for (boolean power : new boolean[] {false, true}) {
      NetworkBench net = new NetworkBench(3, STREAM, "delay/n1>n2/1 by=1s");
      net.send("n1", "n2", 1);
      net.send("n3", "n1", 2);
      net.elapse(0.5);
      if (power) {
        net.bench.node(0).crash("test", CrashMode.DROP, new SplitMix(1));
      } else {
        net.bench.node(0).stop();
      }
      net.elapse(2);
      assertThat(net.received).containsExactly("n1:2", "n2:1");
      assertThat(net.ended).isEqualTo(power ? List.of() : List.of("n2:n1"));
    }
  }

  @Test
  void a_reset_is_heard_unless_something_is_in_the_way() {
    String reset = "reset/n1>n2/1 at=1s for=0.5s";
    NetworkBench net = new NetworkBench(2, STREAM, reset);
    NetworkBench cut = new NetworkBench(2, STREAM, reset, "partition/1 at=1s for=1s sides=n1|n2");
    for (NetworkBench each : List.of(net, cut)) {
      each.send("n1", "n2", 1);
      each.elapse(3);
    }
    assertThat(net.ended).containsExactly("n2:n1");
    assertThat(cut.ended).isEmpty();
  }

  @Test
  void without_connections_none_breaks() {
    NetworkBench net = new NetworkBench(2, "reset/n1>n2/1 at=0.1s for=5s", "refuse/n2/1 at=0.1s");
    net.elapse(1);
    assertThat(net.send("n1", "n2", 1)).isTrue();
    net.elapse(1);
    assertThat(net.received).containsExactly("n2:1");
    assertThat(net.bench.world().plan().entries()).isEmpty();
  }

  @Test
  void a_plan_means_ordered_links_unless_it_names_others() {
    WorldOptions drawn = WorldOptions.calm(3).with(NetworkProfile.DEFAULT.with(LinkModel.DATAGRAM));
    assertThat(new NetworkBench(drawn, 2, "seed=3").bench.world().options().network())
        .isEqualTo(NetworkProfile.DEFAULT);
    NetworkBench named = new NetworkBench(drawn, 2, STREAM, "latency=long-tail");
    assertThat(named.bench.world().options().network())
        .isEqualTo(NetworkProfile.DEFAULT.with(LinkModel.STREAM).with(LatencyShape.LONG_TAIL));
    assertThat(named.bench.world().plan().header())
        .containsEntry("links", "stream")
        .containsEntry("latency", "long-tail");
  }

  @Test
  void latencies_are_spread_as_their_shape_says() {
    CounterRandom random = new CounterRandom(new SplitMix(1));
    long mean = Duration.ofMillis(1).toNanos();
    for (LatencyShape shape : LatencyShape.values()) {
      long[] drawn =
          LongStream.range(0, 100_000).map(n -> shape.extraNanos(mean, random, n)).toArray();
      double average = LongStream.of(drawn).average().orElseThrow();
      long largest = LongStream.of(drawn).max().orElseThrow();
      assertThat(average / mean).as(shape.label()).isBetween(0.97, 1.09);
      switch (shape) {
        case CONSTANT -> assertThat(largest).isEqualTo(mean);
        case UNIFORM -> assertThat(largest).isBetween(19 * mean / 10, 2 * mean);
        case EXPONENTIAL -> assertThat(largest).isBetween(8 * mean, 20 * mean);
        case LONG_TAIL -> assertThat(largest).isBetween(80 * mean, 100 * mean);
      }
      assertThat(LatencyShape.named(shape.label())).isEqualTo(shape);
    }
  }
}
