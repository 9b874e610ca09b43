package dev.nucleusdb.sim.trace;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.trace.TraceKind;
import org.junit.jupiter.api.Test;

/// Where two runs of one world part.
class DepartureTest {
  private static final TraceKind STEP = TraceKind.of("toy.step", "number");

  private static Actor node(int number) {
    return new Actor(number - 1, new Address("n" + number), new NodeId(number));
  }

  /// Steps as times ten to the first node, and as times ten and one to the second.
  private static Recording run(long... steps) {
    Recording recording = new Recording();
    for (long step : steps) {
      recording.onTrace(step / 10, node((int) (step % 10) + 1), STEP, step, 0, 0);
    }
    return recording;
  }

  @Test
  void the_earliest_difference_of_any_node_counts() {
    Recording bad = run(10, 11, 40, 51, 60);
    Recording good = run(10, 11, 31, 40, 61, 70);
    Departure departure = requireNonNull(Departure.between(bad, good));
    assertThat(departure.actor()).isEqualTo(node(2));
    assertThat(departure.atNanos()).isEqualTo(3);
    assertThat(departure.next().getFirst().atNanos()).isEqualTo(5);
    assertThat(departure.otherwise().getFirst().atNanos()).isEqualTo(3);
  }

  @Test
  void equal_runs_and_runs_that_only_ended_earlier_do_not_depart() {
    assertThat(Departure.between(run(10, 21), run(10, 21))).isNull();
    assertThat(Departure.between(run(10, 21), run(10, 21, 30, 41))).isNull();
  }

  @Test
  void whoever_falls_silent_while_the_world_goes_on_departs() {
    Departure departure = requireNonNull(Departure.between(run(10, 21, 90), run(10, 21, 31, 90)));
    assertThat(departure.actor()).isEqualTo(node(2));
    assertThat(departure.next()).isEmpty();
    assertThat(departure.atNanos()).isEqualTo(3);
  }
}
