package dev.nucleusdb.sim;

import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.network.Clog;
import dev.nucleusdb.sim.network.OneWayCut;
import dev.nucleusdb.sim.network.Partition;
import dev.nucleusdb.sim.network.Rule;
import dev.nucleusdb.sim.network.SimulatedNetwork;

/// Faults of the network that happen at a moment: rules that stand for a while.
final class NetworkFaults implements StrikingFaults {
  private final SimulatedNetwork network;

  NetworkFaults(SimulatedNetwork network) {
    this.network = network;
  }

  @Override
  public void check(PlanEntry entry) {
    rule(entry);
  }

  @Override
  public boolean isEffective(PlanEntry entry) {
    return true;
  }

  @Override
  public void begin(PlanEntry entry) {
    network.impose(entry.name(), rule(entry));
  }

  @Override
  public void end(PlanEntry entry) {
    network.lift(entry.name());
  }

  private static Rule rule(PlanEntry entry) {
    return switch (entry.family()) {
      case PARTITION -> new Partition(entry.detail());
      case ONE_WAY -> new OneWayCut(entry.detail());
      case CLOG -> new Clog(entry.target());
      default -> throw StrikingFaults.misplaced(entry);
    };
  }
}
