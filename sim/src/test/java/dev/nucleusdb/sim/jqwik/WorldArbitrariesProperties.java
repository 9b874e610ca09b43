package dev.nucleusdb.sim.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/// Worlds drawn by jqwik run as others do.
class WorldArbitrariesProperties {
  @Provide
  Arbitrary<ClusterShape> shapes() {
    return WorldArbitraries.clusterShapes(3, 2);
  }

  @Provide
  Arbitrary<WorldOptions> worlds() {
    return WorldArbitraries.worldOptions(Duration.ofSeconds(5), Duration.ofSeconds(5));
  }

  @Provide
  Arbitrary<Workload<Integer>> workloads() {
    return WorldArbitraries.workloads(2, 5, Arbitraries.integers().between(1, 9));
  }

  @Property(tries = 30, shrinking = ShrinkingMode.OFF)
  void a_drawn_world_runs_and_runs_again(
      @ForAll("worlds") WorldOptions options,
      @ForAll("shapes") ClusterShape shape,
      @ForAll("workloads") Workload<Integer> workload) {
    assertThat(digest(options, shape, workload)).isEqualTo(digest(options, shape, workload));
  }

  private static long digest(WorldOptions options, ClusterShape shape, Workload<Integer> workload) {
    World world = new World(options);
    for (int i = 1; i <= shape.nodes(); i++) {
      world.addProgram(new NodeId(i), new Address("n" + i), fibers -> fibers.post().receive());
    }
    assertThat(workload.clients()).hasSize(2);
    for (int i = 0; i < shape.clients(); i++) {
      List<Workload.Step<Integer>> steps = workload.clients().get(i);
      world.addClient(
          new Address("c" + (i + 1)),
          fibers -> {
            for (Workload.Step<Integer> step : steps) {
              fibers.sleep(step.pause());
              fibers.post().send(new Address("n1"), new byte[step.operation()]);
            }
          });
    }
    assertThat(world.run()).isNull();
    return world.digest();
  }
}
