package dev.nucleusdb.sim.jqwik;

import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// Arbitraries of whatever a world is made from. All are small first, so that shrinking leads to
/// few nodes, few families of faults and short workloads.
public final class WorldArbitraries {
  private static final int PAUSE_MILLIS_MAX = 2_000;

  private WorldArbitraries() {}

  /// Clusters of one to seven nodes and one to five clients.
  public static Arbitrary<ClusterShape> clusterShapes() {
    return clusterShapes(7, 5);
  }

  /// Clusters of one node and client up to as many as are given.
  public static Arbitrary<ClusterShape> clusterShapes(int nodesMax, int clientsMax) {
    return Combinators.combine(
            Arbitraries.integers().between(1, nodesMax),
            Arbitraries.integers().between(1, clientsMax))
        .as(ClusterShape::new);
  }

  /// Mixes over all families of faults that a correct system is promised to survive.
  public static Arbitrary<FaultMix> faultMixes() {
    return faultMixes(FaultFamily.parseList("all"));
  }

  /// Mixes of some of the families, each as hard as a seed draws it.
  public static Arbitrary<FaultMix> faultMixes(Set<FaultFamily> allowed) {
    return Combinators.combine(seeds(), Arbitraries.of(allowed).set())
        .as((seed, families) -> FaultMix.full(seed, inOrder(families)));
  }

  /// Options of wild worlds: seed, latencies, disks and mix of faults, for as long as given.
  public static Arbitrary<WorldOptions> worldOptions(Duration chaos, Duration heal) {
    return Combinators.combine(seeds(), faultMixes())
        .as((seed, mix) ->
            WorldOptions.wild(seed).with(new FaultSource.Draw(mix)).lasting(chaos, heal));
  }

  /// Workloads of so many clients, of operations that another arbitrary draws.
  ///
  /// @param <O> an operation
  /// @param clients how many clients
  /// @param operationsMax how many operations each has at most
  /// @param operations draws them
  public static <O> Arbitrary<Workload<O>> workloads(
      int clients, int operationsMax, Arbitrary<O> operations) {
    Arbitrary<Duration> pauses =
        Arbitraries.integers().between(0, PAUSE_MILLIS_MAX).map(Duration::ofMillis);
    Arbitrary<Workload.Step<O>> steps =
        Combinators.combine(pauses, operations).as(Workload.Step::new);
    return steps.list().ofMaxSize(operationsMax).list().ofSize(clients).map(Workload::new);
  }

  private static Set<FaultFamily> inOrder(Set<FaultFamily> families) {
    Set<FaultFamily> ordered = EnumSet.noneOf(FaultFamily.class);
    ordered.addAll(families);
    return ordered;
  }

  private static Arbitrary<Long> seeds() {
    return Arbitraries.longs().between(0, Long.MAX_VALUE);
  }
}
