package dev.nucleusdb.sim.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.sim.TestBench;
import dev.nucleusdb.sim.WorldOptions;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Where two runs part that should be one.
class JournalTest {
  private static final TraceKind TICK = TraceKind.of("test.tick", "value");

  /// A node whose third tick depends on something outside of its world.
  private static Journal run(Journal journal, long leak) {
    TestBench bench = new TestBench(WorldOptions.calm(1), 1);
    bench.world().observe(journal);
    for (int i = 1; i <= 5; i++) {
      long value = i == 3 ? leak : i;
      bench
          .context(0)
          .timers()
          .at(
              bench.context(0).clock().monotonicNanos() + i * 1_000_000L,
              () -> bench.context(0).trace().event(TICK, value, 0, 0));
    }
    bench.elapse(Duration.ofSeconds(1));
    return journal;
  }

  @Test
  void equal_runs_have_equal_journals() {
    long[] once = run(new Journal(), 7).digests();
    assertThat(once).hasSizeGreaterThanOrEqualTo(10);
    assertThat(Journal.firstDifference(once, run(new Journal(), 7).digests())).isEqualTo(-1);
  }

  @Test
  void the_first_step_that_differs_is_found_with_its_stack() {
    long step =
        Journal.firstDifference(run(new Journal(), 7).digests(), run(new Journal(), 8).digests());
    Journal.Step seen = Objects.requireNonNull(run(new Journal(step), 8).step());
    assertThat(seen.ordinal()).isEqualTo(step);
    assertThat(seen.words()).startsWith("0.003s TRACE").contains(" 8");
    assertThat(seen.stack()).anyMatch(frame -> frame.contains("JournalTest"));
  }

  @Test
  void a_run_that_ends_earlier_differs_where_it_ends() {
    long[] whole = run(new Journal(), 7).digests();
    long[] part = java.util.Arrays.copyOf(whole, 4);
    assertThat(Journal.firstDifference(whole, part)).isEqualTo(4);
    assertThat(run(new Journal(1_000_000), 7).step()).isNull();
  }
}
