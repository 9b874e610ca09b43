package dev.nucleusdb.sim;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.fault.Seconds;
import dev.nucleusdb.sim.time.Kernel;
import dev.nucleusdb.sim.time.PriorityOrder;
import dev.nucleusdb.sim.time.ShuffledOrder;
import java.util.ArrayList;
import java.util.List;

/// Faults of the order in which, and of how late, what is due happens.
final class OrderFaults implements StrikingFaults {
  private final FaultDriver driver;
  private final Kernel kernel;

  OrderFaults(FaultDriver driver, Kernel kernel) {
    this.driver = driver;
    this.kernel = kernel;
  }

  @Override
  public void check(PlanEntry entry) {
    require(entry.byNanos() > 0, "%s: by how much?", entry.name());
    switch (entry.family()) {
      case SLOW_NODE -> driver.node(entry);
      case LATE_TIMER -> {
        driver.node(entry);
        seed(entry);
      }
      case SHUFFLE -> seed(entry);
      case PRIORITIES -> priorities(entry);
      default -> throw StrikingFaults.misplaced(entry);
    }
  }

  @Override
  public boolean isEffective(PlanEntry entry) {
    return true;
  }

  @Override
  public void begin(PlanEntry entry) {
    String name = entry.name();
    switch (entry.family()) {
      case SLOW_NODE -> driver.node(entry).pace().slower(name, entry.byNanos());
      case LATE_TIMER -> driver.node(entry).pace().later(name, entry.byNanos(), seed(entry));
      case SHUFFLE -> kernel.impose(name, new ShuffledOrder(entry.byNanos(), seed(entry)));
      case PRIORITIES -> kernel.impose(name, priorities(entry));
      default -> throw StrikingFaults.misplaced(entry);
    }
  }

  @Override
  public void end(PlanEntry entry) {
    switch (entry.family()) {
      case SLOW_NODE, LATE_TIMER -> driver.node(entry).pace().recover(entry.name());
      case SHUFFLE, PRIORITIES -> kernel.lift(entry.name());
      default -> throw StrikingFaults.misplaced(entry);
    }
  }

  private static long seed(PlanEntry entry) {
    return Long.parseUnsignedLong(entry.detail().split(",", -1)[0]);
  }

  /// Reads `seed,change,change`: when priorities change, counted from the entry's beginning.
  private PriorityOrder priorities(PlanEntry entry) {
    String[] words = entry.detail().split(",", -1);
    List<Long> changes = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      changes.add(entry.atNanos() + Seconds.parse(words[i]));
    }
    return new PriorityOrder(entry.byNanos(), seed(entry), changes);
  }
}
