package dev.nucleusdb.sim;

import dev.nucleusdb.sim.fault.PlanEntry;

/// Faults of disks that happen at a moment.
final class DiskFaults implements StrikingFaults {
  private final FaultDriver driver;

  DiskFaults(FaultDriver driver) {
    this.driver = driver;
  }

  @Override
  public void check(PlanEntry entry) {
    driver.node(entry);
  }

  @Override
  public boolean isEffective(PlanEntry entry) {
    return true;
  }

  @Override
  public void begin(PlanEntry entry) {
    switch (entry.family()) {
      case SLOW_DISK -> driver.node(entry).trouble().slower(entry.name(), entry.byNanos());
      case NO_SPACE -> driver.node(entry).trouble().full(true);
      default -> throw StrikingFaults.misplaced(entry);
    }
  }

  @Override
  public void end(PlanEntry entry) {
    switch (entry.family()) {
      case SLOW_DISK -> driver.node(entry).trouble().faster(entry.name());
      case NO_SPACE -> {
        driver.node(entry).trouble().full(false);
        driver.startLater(driver.node(entry), 0);
      }
      default -> throw StrikingFaults.misplaced(entry);
    }
  }
}
