package dev.nucleusdb.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.fault.FaultFamily;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/// The database does what it promises, whatever happens to it. The worlds are the same in every
/// run; `-Dscenarios.seed=N` asks for others.
final class ReplicatedKeyValueProperties {
  private static final long BASE = Long.getLong("scenarios.seed", 20_26);

  /// A world of every size: nodes, clients and seconds.
  record Shape(long seed, int nodes, int clients, int seconds) {
    String replay() {
      return "./nucleus replay %d --nodes %d --clients %d --duration %ds"
          .formatted(seed, nodes, clients, seconds);
    }
  }

  @Provide
  Arbitrary<Shape> shapes() {
    return Arbitraries.integers()
        .between(0, 1 << 20)
        .withoutEdgeCases()
        .map(number -> {
          RandomSource random = new SplitMix(BASE).fork(number);
          return new Shape(
              random.fork("seed").nextInt(1 << 30),
              1 + random.fork("nodes").nextInt(7),
              1 + random.fork("clients").nextInt(12),
              20 + random.fork("seconds").nextInt(11));
        });
  }

  @Property(tries = 60, seed = "2026", shrinking = ShrinkingMode.OFF)
  void no_property_is_broken_under_any_faults(@ForAll("shapes") Shape shape) {
    ScenarioOptions options =
        new ScenarioOptions(
            shape.nodes(),
            shape.clients(),
            Duration.ofSeconds(shape.seconds()),
            FaultFamily.parseList("all"),
            null);

    WorldResult result = new ReplicatedKeyValue().run(options, shape.seed(), null, List.of());

    assertThat(result.violation()).as(shape.replay()).isNull();
    assertThat(result.undecided()).as(shape.replay()).isFalse();
  }
}
