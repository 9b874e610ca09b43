package dev.nucleusdb.sim;

import static java.util.Objects.requireNonNull;

import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// Faults of nodes as a whole: they lose power, or stand still.
final class ProcessFaults implements StrikingFaults {
  private final FaultDriver driver;
  private final Collection<SimulatedNode> nodes;

  /// Who was leading when an entry that is aimed began.
  private final Map<String, SimulatedNode> aimed = new LinkedHashMap<>();

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
      case CRASH_ALL, CRASH_LEADER -> CrashMode.named(entry.detail());
      case PAUSE_LEADER -> {}
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
      case CRASH_LEADER -> driver.aimed() != null;
      case PAUSE_LEADER -> {
        SimulatedNode leader = driver.aimed();
        yield leader != null && !leader.isPaused();
      }
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
      case CRASH_LEADER -> driver.crash(requireNonNull(driver.aimed()), entry);
      case PAUSE_LEADER -> {
        SimulatedNode leader = requireNonNull(driver.aimed());
        aimed.put(entry.name(), leader);
        leader.pause();
      }
      default -> throw StrikingFaults.misplaced(entry);
    }
  }

  @Override
  public void end(PlanEntry entry) {
    if (entry.family() == FaultFamily.PAUSE) {
      driver.node(entry).resume();
    }
    SimulatedNode leader = aimed.remove(entry.name());
    if (leader != null) {
      leader.resume();
    }
  }
}
