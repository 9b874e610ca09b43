package dev.nucleusdb.scenarios;

import dev.nucleusdb.sim.fault.FaultFamily;
import java.time.Duration;
import java.util.List;

/// Prints the digest of each world asked for, for [DeterminismTest] to run in another JVM.
final class DigestProgram {
  private DigestProgram() {}

  static final Duration SECONDS_20 = Duration.ofSeconds(20);

  /// @param args the number of nodes, the number of clients, and seeds
  public static void main(String[] args) {
    for (int i = 2; i < args.length; i++) {
      int nodes = Integer.parseInt(args[0]);
      int clients = Integer.parseInt(args[1]);
      System.out.println(run(nodes, clients, Long.parseLong(args[i])).digest());
    }
  }

  static ScenarioOptions options(int nodes, int clients) {
    return new ScenarioOptions(nodes, clients, SECONDS_20, FaultFamily.parseList("all"), null);
  }

  static WorldResult run(int nodes, int clients, long seed) {
    return new ReplicatedKeyValue().run(options(nodes, clients), seed, null, List.of());
  }
}
