package dev.nucleusdb.scenarios.example;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Register;
import dev.nucleusdb.sim.junit.Simulate;
import dev.nucleusdb.sim.trial.Simulation;

class RegisterTest {
  @Simulate(worlds = 40, nodes = 2, faults = "partition,loss,duplicate,crash,torn,sync-failure")
  void a_read_sees_the_latest_write(Simulation simulation) {
    judge(simulation, RegisterServer.Haste.NONE);
  }

  static void judge(Simulation simulation, RegisterServer.Haste haste) {
    simulation.programs(fibers -> new RegisterServer(fibers, haste).run());
    RegisterClients clients = new RegisterClients(simulation.world()::nowNanos);
    for (int i = 1; i <= 3; i++) {
      int id = i;
      simulation.client("c" + id, fibers -> clients.run(fibers, id));
    }
    simulation.run();
    Register register = new Register(Value.of(0));
    Limits limits = Limits.configurations(1_000_000);
    Verdict verdict = LinearizabilityChecker.check(clients.history(), register, limits);
    simulation.check("Linearizability", !(verdict instanceof Verdict.Invalid), "stale read");
    simulation.check("Progress", clients.acknowledgedCount() > 0, "no write was acknowledged");
  }
}
