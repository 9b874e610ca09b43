package dev.nucleusdb.sim;

import dev.nucleusdb.sim.ambush.Scene;
import dev.nucleusdb.sim.disk.DiskImage;
import dev.nucleusdb.sim.disk.Rot;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.LinkedHashMap;
import java.util.Map;

/// Faults of disks that happen at a moment.
final class DiskFaults implements StrikingFaults {
  private final FaultDriver driver;
  private final Map<String, DiskImage.Snapshot> snapshots = new LinkedHashMap<>();

  DiskFaults(FaultDriver driver) {
    this.driver = driver;
  }

  @Override
  public void check(PlanEntry entry) {
    driver.node(entry);
    if (entry.family() == FaultFamily.BIT_ROT || entry.family() == FaultFamily.BAD_SECTOR) {
      place(entry);
    }
    if (entry.family() == FaultFamily.BAD_BLOCK || entry.family() == FaultFamily.BAD_FILE) {
      how(entry);
    }
  }

  @Override
  public boolean isEffective(PlanEntry entry) {
    return switch (entry.family()) {
      case BIT_ROT, BAD_SECTOR, BAD_BLOCK, BAD_FILE -> {
        DiskImage disk = driver.node(entry).disk();
        yield (isYoung(entry) ? disk.youngBytes() : disk.settledBytes()) > 0;
      }
      case WIPE -> driver.node(entry).isUp();
      default -> true;
    };
  }

  @Override
  public void begin(PlanEntry entry) {
    SimulatedNode node = driver.node(entry);
    switch (entry.family()) {
      case SLOW_DISK -> node.trouble().slower(entry.name(), entry.byNanos());
      case STALL -> node.trouble().stalled(entry.name());
      case NO_SPACE -> node.trouble().full(entry.name(), true);
      case READ_ONLY -> node.trouble().readOnly(entry.name(), true);
      case HANDLES -> node.trouble().withoutHandles(entry.name(), true);
      case BIT_ROT -> rot(node, entry);
      case BAD_SECTOR -> node.disk().damage(place(entry), DiskImage.Damage.BAD_SECTOR);
      case BAD_BLOCK -> Rot.strikeSettled(node.disk(), Rot.BLOCKS, how(entry));
      case BAD_FILE -> Rot.strikeSettled(node.disk(), Rot.FILES, how(entry));
      case ROLLBACK -> snapshots.put(entry.name(), node.disk().snapshot());
      case WIPE -> {
        driver.crash(node, entry);
        node.disk().wipe();
      }
      default -> throw StrikingFaults.misplaced(entry);
    }
  }

  @Override
  public void end(PlanEntry entry) {
    SimulatedNode node = driver.node(entry);
    switch (entry.family()) {
      case SLOW_DISK -> node.trouble().faster(entry.name());
      case STALL -> node.trouble().flowing(entry.name());
      case NO_SPACE -> node.trouble().full(entry.name(), false);
      case READ_ONLY -> node.trouble().readOnly(entry.name(), false);
      case HANDLES -> node.trouble().withoutHandles(entry.name(), false);
      case ROLLBACK -> {
        DiskImage.Snapshot snapshot = snapshots.remove(entry.name());
        driver.crash(node, entry);
        if (snapshot != null) {
          node.disk().restore(snapshot);
        }
      }
      default -> throw StrikingFaults.misplaced(entry);
    }
    driver.startLater(node, 0);
  }

  private static boolean isYoung(PlanEntry entry) {
    return entry.detail().startsWith(Scene.YOUNG);
  }

  private static void rot(SimulatedNode node, PlanEntry entry) {
    DiskImage.Damage bit = DiskImage.Damage.FLIPPED_BIT;
    if (isYoung(entry)) {
      node.disk().damageYoung(place(entry), bit);
    } else {
      node.disk().damage(place(entry), bit);
    }
  }

  private static int how(PlanEntry entry) {
    try {
      return Integer.parseInt(entry.detail());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          entry.name() + ": how=" + entry.detail() + " is no whole number", e);
    }
  }

  private static double place(PlanEntry entry) {
    try {
      String place = entry.detail();
      return Double.parseDouble(isYoung(entry) ? place.substring(Scene.YOUNG.length()) : place);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          entry.name()
              + ": place="
              + entry.detail()
              + " is no number from 0 to 1, nor young: and one",
          e);
    }
  }
}
