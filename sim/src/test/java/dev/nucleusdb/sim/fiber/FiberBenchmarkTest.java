package dev.nucleusdb.sim.fiber;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The benchmark runs, and fibers are not far behind callbacks.
class FiberBenchmarkTest {
  @Test
  void fibers_cost_a_small_multiple_of_callbacks() {
    FiberBenchmark.Result result = new FiberBenchmark(1_000, 200, System::nanoTime).run();
    System.out.printf(
        "fibers %,.0f/s, callbacks %,.0f/s, ratio %.1f%n",
        result.fibersPerSecond(), result.callbacksPerSecond(), result.ratio());
    assertThat(result.fibersPerSecond()).isGreaterThan(50_000);
    assertThat(result.ratio()).isLessThan(50);
  }
}
