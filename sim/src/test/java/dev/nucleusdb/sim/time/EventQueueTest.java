package dev.nucleusdb.sim.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.random.SplitMix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private record Event(long time, int order) {}

  @Test
  void events_come_out_by_time_and_then_in_the_order_of_scheduling() {
    SplitMix random = new SplitMix(1);
    for (int round = 0; round < 50; round++) {
      EventQueue queue = new EventQueue();
      List<Event> expected = new ArrayList<>();
      List<Event> actual = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        Event event = new Event(random.nextInt(200), i);
        expected.add(event);
        queue.add(event.time, () -> actual.add(event));
      }
      expected.sort(Comparator.comparingLong(Event::time).thenComparingInt(Event::order));
      while (queue.count() > 0) {
        queue.removeFirst().run();
      }
      assertThat(actual).isEqualTo(expected);
      assertThat(queue.firstNanos()).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void what_is_scheduled_for_the_past_happens_now_and_time_never_falls() {
    Kernel kernel = new Kernel(1_000, 1_000);
    List<Long> times = new ArrayList<>();
    kernel.schedule(100, () -> kernel.schedule(50, () -> times.add(kernel.nowNanos())));
    kernel.run(1_000);
    assertThat(times).containsExactly(100L);
    assertThat(kernel.nowNanos()).isEqualTo(1_000);
  }
}
