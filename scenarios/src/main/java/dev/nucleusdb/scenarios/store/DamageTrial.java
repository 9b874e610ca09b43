package dev.nucleusdb.scenarios.store;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.assertion.InvariantViolation;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.scenarios.store.oracle.Sight;
import dev.nucleusdb.sim.disk.DiskImage;
import dev.nucleusdb.sim.disk.Rot;
import org.jspecify.annotations.Nullable;

/// Damages a copy of the disk and uses what is there: reads, merges, opens again. Each answer must
/// be right, or name the damage.
final class DamageTrial {
  private static final int SLICES_MAX = 40;

  /// What the store on the copy has said is durable.
  private long claimed;

  private final StoreMachine machine;
  private final StoreJudge judge;

  /// @param machine whose disk is copied
  DamageTrial(StoreMachine machine, StoreJudge judge) {
    this.machine = machine;
    this.judge = judge;
  }

  /// Which damage.
  ///
  /// @param rot what becomes of the bytes
  /// @param path in which file
  /// @param offset from where on
  /// @param length so many bytes
  /// @param whileOpen whether the store is open as it happens
  record Damage(Rot rot, String path, int offset, int length, boolean whileOpen) {}

  /// @return whether anything was damaged
  boolean run(Damage damage) {
    DiskImage copy = machine.image().twin();
    copy.exit();
    StoreMachine other = machine.with(copy, StoreJudge.calm());
    StorageEngine before = damage.whileOpen() ? other.open() : null;
    if (!damage.rot().strike(copy, damage.path(), damage.offset(), damage.length())) {
      other.die();
      return false;
    }
    StorageEngine engine = before == null ? opened(other) : before;
    if (engine != null) {
      try {
        use(engine);
        close(other);
      } catch (InvariantViolation stopped) {
        // Whoever finds an open file shorter than it was may stop: that is loud enough.
        if (!damage.whileOpen() || Rot.BLOCKS.contains(damage.rot())) {
          throw stopped;
        }
        other.die();
      }
      StorageEngine again = opened(other);
      if (again != null) {
        look(again);
      }
    }
    other.die();
    return true;
  }

  private static @Nullable StorageEngine opened(StoreMachine machine) {
    try {
      return machine.open();
    } catch (CorruptionException told) {
      sometimes("a damaged store refuses to open", true);
      return null;
    } catch (DiskException told) {
      return null;
    }
  }

  private static void close(StoreMachine machine) {
    try {
      machine.close();
    } catch (CorruptionException | DiskException told) {
      machine.die();
    }
  }

  private void use(StorageEngine engine) {
    claimed = Math.max(claimed, engine.durableIndex());
    look(engine);
    try {
      for (int i = 0; i < SLICES_MAX && engine.maintain(); i++) {
        sometimes("a damaged store merges", true);
      }
    } catch (CorruptionException | DiskException told) {
      sometimes("a merge reports damage", true);
    }
    claimed = Math.max(claimed, engine.durableIndex());
    look(engine);
  }

  private void look(StorageEngine engine) {
    try {
      Sight sight = judge.look(engine);
      sometimes("a damaged record is reported", !sight.damaged().isEmpty());
      judge.damaged(sight, claimed);
    } catch (DiskException told) {
      sometimes("a damaged file cannot be read", true);
    }
  }
}
