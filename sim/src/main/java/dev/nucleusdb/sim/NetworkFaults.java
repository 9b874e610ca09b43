package dev.nucleusdb.sim;

import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.network.LinkModel;
import dev.nucleusdb.sim.network.SimulatedNetwork;
import dev.nucleusdb.sim.network.StandingRule;
import dev.nucleusdb.sim.network.rule.Bandwidth;
import dev.nucleusdb.sim.network.rule.Clog;
import dev.nucleusdb.sim.network.rule.Far;
import dev.nucleusdb.sim.network.rule.Flap;
import dev.nucleusdb.sim.network.rule.HalfClose;
import dev.nucleusdb.sim.network.rule.HalfOpen;
import dev.nucleusdb.sim.network.rule.NodeClog;
import dev.nucleusdb.sim.network.rule.OneWayCut;
import dev.nucleusdb.sim.network.rule.Partition;
import dev.nucleusdb.sim.network.rule.Refusal;
import dev.nucleusdb.sim.network.rule.Reset;
import dev.nucleusdb.sim.network.rule.Ring;
import dev.nucleusdb.sim.network.rule.ShortQueue;
import dev.nucleusdb.sim.network.rule.Swizzle;
import dev.nucleusdb.sim.network.rule.TypedDelay;
import dev.nucleusdb.sim.network.rule.TypedLoss;
import java.util.Collection;
import java.util.List;

/// Faults of the network that happen at a moment: rules that stand for a while.
final class NetworkFaults implements StrikingFaults {
  private final FaultDriver driver;
  private final SimulatedNetwork network;
  private final Collection<SimulatedNode> nodes;

  NetworkFaults(FaultDriver driver, SimulatedNetwork network, Collection<SimulatedNode> nodes) {
    this.driver = driver;
    this.network = network;
    this.nodes = nodes;
  }

  @Override
  public void check(PlanEntry entry) {
    switch (entry.family()) {
      case ISOLATE_LEADER -> {}
      case CLOG_NODE, REFUSE -> {
        driver.node(entry);
        rule(entry);
      }
      default -> rule(entry);
    }
  }

  @Override
  public boolean isEffective(PlanEntry entry) {
    return switch (entry.family()) {
      case ISOLATE_LEADER -> driver.aimed() != null;
      case RESET, HALF_OPEN, HALF_CLOSE, REFUSE -> network.profile().links() == LinkModel.STREAM;
      default -> true;
    };
  }

  @Override
  public void begin(PlanEntry entry) {
    network.impose(entry.name(), rule(entry));
  }

  @Override
  public void end(PlanEntry entry) {
    network.lift(entry.name());
  }

  private StandingRule rule(PlanEntry entry) {
    String target = entry.target();
    String detail = entry.detail();
    return switch (entry.family()) {
      case PARTITION, BRIDGE, PARTIAL -> new Partition(detail);
      case ONE_WAY -> new OneWayCut(detail);
      case RING -> new Ring(detail);
      case FLAP -> new Flap(detail, entry.atNanos(), entry.byNanos());
      case ISOLATE_LEADER -> new Partition(leaderAndOthers());
      case CLOG -> new Clog(target);
      case CLOG_NODE -> new NodeClog(target, detail);
      case SWIZZLE -> new Swizzle(detail, entry.atNanos());
      case FAR -> new Far(target, entry.byNanos());
      case BANDWIDTH -> new Bandwidth(target, detail);
      case QUEUE -> new ShortQueue(target, detail);
      case TYPED_LOSS -> new TypedLoss(target, detail);
      case TYPED_DELAY -> new TypedDelay(target, detail, entry.byNanos());
      case RESET -> new Reset(target);
      case HALF_OPEN -> new HalfOpen(target);
      case HALF_CLOSE -> new HalfClose(target);
      case REFUSE -> new Refusal(target);
      default -> throw StrikingFaults.misplaced(entry);
    };
  }

  /// The sides of a partition: who leads now, and all other nodes. Clients still reach it.
  private String leaderAndOthers() {
    SimulatedNode leader = driver.aimed();
    if (leader == null) {
      throw new IllegalStateException("nobody leads");
    }
    String name = leader.actor().name();
    List<String> others =
        nodes.stream()
            .map(node -> node.actor().name())
            .filter(other -> !other.equals(name))
            .toList();
    return name + '|' + String.join(",", others);
  }
}
