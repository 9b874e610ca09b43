package dev.nucleusdb.sim.disk;

import dev.nucleusdb.core.disk.DiskException.Kind;
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
          FaultFamily.MISREAD,
          FaultFamily.STALE_READ,
          FaultFamily.OPEN_ERROR,
          FaultFamily.RENAME_ERROR,
          FaultFamily.DELETE_ERROR,
          FaultFamily.TRUNCATE_ERROR,
          FaultFamily.SPACE_ERROR,
          FaultFamily.LATE_SYNC_FAILURE,
          FaultFamily.HIDDEN_SYNC_LOSS);

  /// The detail of a failed sync whose bytes are on the platter all the same.
  public static final String KEPT = "kept";

  /// The detail of a failed sync whose bytes are lost, although the cache goes on showing them
  /// (Rebello et al., ATC 2020: ext4).
  public static final String LOST = "lost";

  /// The detail of a failed sync whose bytes are lost, and the cache shows what was there before
  /// (the same: btrfs).
  public static final String REVERTED = "reverted";

  /// The detail of a call that failed and has had its effect all the same.
  public static final String DONE = "done";

  /// The detail of a call that failed and has had no effect.
  public static final String NOT_DONE = "none";

  /// How many calls there were that a family could have struck.
  private final Map<FaultFamily, Long> callCounts = new EnumMap<>(FaultFamily.class);

  private DiskCall.Script script = DiskCall.Script.NONE;
  private long spaceCount;

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

  /// What the entries of a family may say; nothing for most.
  public static String[] detailsOf(FaultFamily family) {
    return switch (family) {
      case SYNC_FAILURE -> new String[] {KEPT, LOST, REVERTED};
      case RENAME_ERROR, DELETE_ERROR, TRUNCATE_ERROR -> new String[] {NOT_DONE, DONE};
      default -> new String[0];
    };
  }

  /// Whom to ask before every call, beside these rules.
  public void script(DiskCall.Script newScript) {
    script = newScript;
  }

  /// How a call fails, which has thereby happened; null if it does not.
  DiskCall.@Nullable Failure failure(DiskCall call, String path) {
    DiskCall.Failure scripted = script.before(call, path);
    if (scripted != null || rules.isEmpty()) {
      return scripted;
    }
    FaultFamily family = familyOf(call);
    PlanEntry entry =
        family == null ? null : strike(family, callCounts.merge(family, 1L, Long::sum));
    if (entry != null) {
      return new DiskCall.Failure(Kind.IO, entry.detail().equals(DONE), LOST);
    }
    boolean outOfSpace = takesSpace(call) && strike(FaultFamily.SPACE_ERROR, ++spaceCount) != null;
    return outOfSpace ? new DiskCall.Failure(Kind.NO_SPACE, false, LOST) : null;
  }

  private static @Nullable FaultFamily familyOf(DiskCall call) {
    return switch (call) {
      case OPEN, CREATE -> FaultFamily.OPEN_ERROR;
      case RENAME -> FaultFamily.RENAME_ERROR;
      case DELETE -> FaultFamily.DELETE_ERROR;
      case TRUNCATE -> FaultFamily.TRUNCATE_ERROR;
      case CREATE_DIRECTORY, SYNC_DIRECTORY, APPEND, READ, SYNC, SYNC_NOW -> null;
    };
  }

  private static boolean takesSpace(DiskCall call) {
    return switch (call) {
      case CREATE, CREATE_DIRECTORY, RENAME, APPEND, SYNC, SYNC_NOW -> true;
      case OPEN, DELETE, SYNC_DIRECTORY, READ, TRUNCATE -> false;
    };
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
