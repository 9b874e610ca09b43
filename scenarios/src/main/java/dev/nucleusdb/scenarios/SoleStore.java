package dev.nucleusdb.scenarios;

import dev.nucleusdb.scenarios.store.StoreWorld;
import dev.nucleusdb.scenarios.workload.OperationLog;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One store alone on a disk that crashes, fails and rots, held to a plain map.
public final class SoleStore implements Scenario {
  @Override
  public String name() {
    return "store";
  }

  @Override
  public String description() {
    return "one store alone, tiny files, on a disk that crashes in the midst of everything, fails and"
        + " rots; held to a plain map";
  }

  @Override
  public boolean isOfOneStore() {
    return true;
  }

  @Override
  public boolean knows(FaultFamily family) {
    return StoreWorld.FAMILIES.contains(family);
  }

  @Override
  public List<String> checks(long worldCount) {
    return StoreWorld.CHECKS;
  }

  @Override
  public WorldResult run(
      ScenarioOptions options, long seed, @Nullable Plan plan, List<WorldObserver> observers) {
    StoreWorld world =
        new StoreWorld(
            seed,
            options.families(),
            blueprint -> options.bug() == null ? blueprint : options.bug().plant(blueprint),
            plan,
            observers);
    world.run();
    return new WorldResult(
        seed,
        world.violation(),
        "",
        world.digest(),
        world.eventCount(),
        Duration.ofNanos(world.nowNanos()),
        world.operations(),
        world.faults(),
        world.plan(),
        new OperationLog(),
        false);
  }
}
