package dev.nucleusdb.sim.disk;

import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.OrdinalFaults;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The faults that strike single calls of one machine's disk: which call is which, counted over all
/// incarnations, and whether it is struck.
public final class CallFaults {
  /// The families that strike single calls.
  public static final List<FaultFamily> FAMILIES =
      List.of(
          FaultFamily.SYNC_FAILURE,
          FaultFamily.LYING_SYNC,
          FaultFamily.FOLDER_SYNC_FAILURE,
          FaultFamily.WRITE_ERROR,
          FaultFamily.LOST_WRITE,
          FaultFamily.MISDIRECTED_WRITE,
          FaultFamily.READ_ERROR,
          FaultFamily.FLIPPED_READ,
          FaultFamily.MISREAD);

  /// The detail of a failed sync whose bytes are on the platter all the same.
  public static final String KEPT = "kept";

  /// The detail of a failed sync whose bytes are lost, although the cache goes on showing them
  /// (Rebello et al., ATC 2020: ext4).
  public static final String LOST = "lost";

  /// The detail of a failed sync whose bytes are lost, and the cache shows what was there before
  /// (the same: btrfs).
  public static final String REVERTED = "reverted";

  private final Map<FaultFamily, OrdinalFaults> rules = new EnumMap<>(FaultFamily.class);
  private Predicate<PlanEntry> strikes = entry -> false;
  private long appendCount;
  private long readCount;
  private long syncCount;
  private long folderSyncCount;

  /// Which calls are struck from now on.
  ///
  /// @param newRules by family; families that are missing strike nothing
  /// @param listener is told of each strike, and says whether it may happen
  public void rules(Map<FaultFamily, OrdinalFaults> newRules, Predicate<PlanEntry> listener) {
    rules.clear();
    newRules.forEach((family, rule) -> {
      if (!rule.isOff()) {
        rules.put(family, rule);
      }
    });
    strikes = listener;
  }

  long nextAppend() {
    return ++appendCount;
  }

  long nextRead() {
    return ++readCount;
  }

  long nextSync() {
    return ++syncCount;
  }

  long nextFolderSync() {
    return ++folderSyncCount;
  }

  /// The fault of a family that strikes a call, which has thereby happened; null if none does.
  @Nullable PlanEntry strike(FaultFamily family, long ordinal) {
    return strike(family, ordinal, () -> true);
  }

  /// The same, if the fault is possible; that is asked only of calls that chance or a plan means.
  @Nullable PlanEntry strike(FaultFamily family, long ordinal, BooleanSupplier possible) {
    OrdinalFaults rule = rules.get(family);
    PlanEntry entry = rule == null ? null : rule.judge(ordinal);
    return entry != null && possible.getAsBoolean() && strikes.test(entry) ? entry : null;
  }
}
