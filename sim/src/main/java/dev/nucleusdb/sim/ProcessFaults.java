package dev.nucleusdb.sim;

import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.Collection;

/// Faults of nodes as a whole: they lose power, or stand still.
final class ProcessFaults implements StrikingFaults {
  private final FaultDriver driver;
  private final Collection<SimulatedNode> nodes;

  ProcessFaults(FaultDriver driver, Collection<SimulatedNode> nodes) {
    this.driver = driver;
    this.nodes = nodes;
  }

  @Override
  public void check(PlanEntry entry) {
    switch (entry.family()) {
      case CRASH -> {
        driver.node(entry);
        CrashMode.named(entry.detail());
      }
      case CRASH_ALL -> CrashMode.named(entry.detail());
      case PAUSE, LEAVE -> driver.node(entry);
      default -> throw StrikingFaults.misplaced(entry);
    }
  }

  @Override
  public boolean isEffective(PlanEntry entry) {
    return switch (entry.family()) {
      case CRASH -> driver.node(entry).isUp();
      case CRASH_ALL -> nodes.stream().anyMatch(SimulatedNode::isUp);
      case PAUSE -> driver.node(entry).isUp() && !driver.node(entry).isPaused();
      case LEAVE -> !driver.node(entry).isRetired();
      default -> throw StrikingFaults.misplaced(entry);
    };
  }

  @Override
  public void begin(PlanEntry entry) {
    switch (entry.family()) {
      case CRASH -> driver.crash(driver.node(entry), entry);
      case CRASH_ALL -> nodes.forEach(node -> driver.crash(node, entry));
      case PAUSE -> driver.node(entry).pause();
      case LEAVE -> {
        driver.node(entry).retire();
        driver.crash(driver.node(entry), entry);
      }
      default -> throw StrikingFaults.misplaced(entry);
    }
  }

  @Override
  public void end(PlanEntry entry) {
    if (entry.family() == FaultFamily.PAUSE) {
      driver.node(entry).resume();
    }
  }
}
