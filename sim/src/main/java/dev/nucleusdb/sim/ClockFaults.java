package dev.nucleusdb.sim;

import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;

/// Faults of clocks that happen at a moment.
final class ClockFaults implements StrikingFaults {
  private static final long LEAP_SECOND_NANOS = 1_000_000_000;

  private final FaultDriver driver;

  ClockFaults(FaultDriver driver) {
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
      case SKEW -> driver.node(entry).clock().skew(entry.byNanos());
      case DRIFT -> driver.node(entry).clock().drift(entry.byNanos());
      case JUMP -> driver.node(entry).clock().jump(entry.byNanos());
      case FREEZE -> driver.node(entry).clock().freeze(true);
      case LEAP -> {
        if (entry.detail().equals("smear")) {
          driver.node(entry).clock().smear(entry.forNanos());
        } else {
          driver.node(entry).clock().jump(-LEAP_SECOND_NANOS);
        }
      }
      default -> throw StrikingFaults.misplaced(entry);
    }
  }

  @Override
  public void end(PlanEntry entry) {
    if (entry.family() == FaultFamily.JUMP) {
      driver.node(entry).clock().jump(-entry.byNanos());
    } else if (entry.family() == FaultFamily.FREEZE) {
      driver.node(entry).clock().freeze(false);
    }
  }
}
