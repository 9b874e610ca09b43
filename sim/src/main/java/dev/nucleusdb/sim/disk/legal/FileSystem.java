package dev.nucleusdb.sim.disk.legal;

import java.util.List;

/// What one file system leaves after a loss of power, and what it does when a sync fails. All keep
/// the contract of `core.disk.Disk`; they differ in how much of its licence they take.
///
/// @param label the name in plans
/// @param namesInOrder of the changes of names that no sync covers, some first ones are kept and
///   all later ones lost, as a journal does; otherwise each for itself
/// @param growth what stands where bytes were lost
/// @param tearsSectors whether a sector may be torn within; otherwise only between two
/// @param fileSyncKeepsNames whether the sync of a file makes all names durable, too
/// @param showsNamesakes whether stale blocks may be those of an earlier file of the same name:
///   more than the contract allows
/// @param syncFailures what becomes of the bytes of a failed sync: of these, one
public record FileSystem(
    String label,
    boolean namesInOrder,
    Growth growth,
    boolean tearsSectors,
    boolean fileSyncKeepsNames,
    boolean showsNamesakes,
    List<String> syncFailures) {

  /// What stands where bytes were lost.
  public enum Growth {
    /// Nothing: a file is never longer than the data that it has.
    DATA_FIRST,
    /// Nothing, or zeros if later bytes of the file were kept or its length was.
    ZEROS,
    /// Anything: zeros, garbage, what stood in another file or in this one before.
    STALE
  }

  private static final String KEPT = "kept";
  private static final String LOST = "lost";
  private static final String REVERTED = "reverted";

  /// ext4, `data=ordered`: data goes before the length that covers it, names go through a journal,
  /// which every sync commits. A failed sync leaves the page clean, and readable until the power
  /// fails.
  public static final FileSystem EXT4_ORDERED =
      new FileSystem("ext4-ordered", true, Growth.DATA_FIRST, true, true, false, List.of(LOST));

  /// ext4, `data=journal`: the same, and data is in the journal too, so that no sector tears.
  public static final FileSystem EXT4_DATA =
      new FileSystem("ext4-data", true, Growth.DATA_FIRST, false, true, false, List.of(LOST, KEPT));

  /// XFS: names in order; the length may be there before the data, and then zeros stand there.
  public static final FileSystem XFS =
      new FileSystem("xfs", true, Growth.ZEROS, true, true, false, List.of(LOST));

  /// Btrfs: nothing is written in place. A failed sync shows what was there before.
  public static final FileSystem BTRFS =
      new FileSystem("btrfs", true, Growth.DATA_FIRST, false, true, false, List.of(REVERTED));

  /// The worst that the contract allows.
  public static final FileSystem STRICT =
      new FileSystem(
          "strict", false, Growth.STALE, true, false, false, List.of(KEPT, LOST, REVERTED));

  /// Worse: blocks of an earlier file of the same name come back, whose checksums know it by that
  /// name.
  public static final FileSystem RECYCLING =
      new FileSystem(
          "recycling", false, Growth.STALE, true, false, true, List.of(KEPT, LOST, REVERTED));

  /// All of them.
  public static final List<FileSystem> ALL = List.of(EXT4_ORDERED, EXT4_DATA, XFS, BTRFS, STRICT);

  /// Copies the list.
  public FileSystem {
    syncFailures = List.copyOf(syncFailures);
  }

  /// The file system of a name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static FileSystem named(String label) {
    for (FileSystem one : ALL) {
      if (one.label().equals(label)) {
        return one;
      }
    }
    if (label.equals(RECYCLING.label())) {
      return RECYCLING;
    }
    throw new IllegalArgumentException(
        "\"" + label + "\" is none of ext4-ordered, ext4-data, xfs, btrfs, strict, recycling");
  }
}
