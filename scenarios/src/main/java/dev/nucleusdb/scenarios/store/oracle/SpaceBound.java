package dev.nucleusdb.scenarios.store.oracle;

import dev.nucleusdb.core.storage.StorageEngine;
import org.jspecify.annotations.Nullable;

/// **Merging gives space back and ends**: when no merge is due, the data files are no larger than a
/// multiple of what is live, and a few files.
///
/// The bound is generous, because heads of frames and of files are not counted as records: it is
/// there for merges that reclaim nothing (nutsdb 77, 488).
public final class SpaceBound {
  private static final int FACTOR = 4;
  private static final int FILES = 4;

  private SpaceBound() {}

  /// @return what is wrong, or null
  public static @Nullable String broken(
      StorageEngine.Statistics now, double deadFraction, long segmentSizeBytes, long batchBytes) {
    double bound =
        FACTOR * now.liveBytes() / (1 - deadFraction) + FILES * (segmentSizeBytes + batchBytes);
    return now.diskBytes() > bound
        ? now.diskBytes()
            + " bytes in "
            + now.fileCount()
            + " files for "
            + now.liveBytes()
            + " bytes that are live, and no merge is due"
        : null;
  }
}
