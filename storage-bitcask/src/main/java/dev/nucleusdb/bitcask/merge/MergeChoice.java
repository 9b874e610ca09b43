package dev.nucleusdb.bitcask.merge;

import dev.nucleusdb.bitcask.format.FileHeader;
import dev.nucleusdb.bitcask.format.Footer;
import dev.nucleusdb.bitcask.format.FrameKind;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which sealed files are merged next.
///
/// A file counts as dead what a merge of it is sure to drop: records that nothing points at,
/// tombstones if everything outside is newer, and records that expire once all of them have. So
/// each merge drops something, and merging ends. Where tombstones cannot go because of old files
/// that are never worth merging themselves, they add up; once they are the share of *all* sealed
/// bytes that makes a file worth merging, everything sealed is merged, and all of them go. Hence,
/// when no merge is due: `dead and tombstone bytes < deadFraction × all sealed record bytes`.
///
/// While that holds, nothing is merged but files that are dead to the last byte, even if some are
/// worth it by themselves: the longer a file is left, the more of it dies, and the less is copied
/// for what is given back. A store with a bound of space merges each file as soon as it is worth
/// it: there a write may have to wait for what merging gives.
final class MergeChoice {
  private static final long HEAD_BYTES = FrameKind.MERGED.headBytes();

  /// Head and seal of a file, and the head of a frame that ends early because the file is full.
  private static final long FILE_OVERHEAD_BYTES =
      FileHeader.BYTES + HEAD_BYTES + Footer.FRAME_BYTES;

  private MergeChoice() {}

  /// The inputs of the next merge; empty if none is due. Asked again and again, so it makes nothing
  /// unless something is due.
  static List<Segment> inputs(SegmentFolder folder, MergeLimits limits, long nowMillis) {
    List<Segment> sealed = folder.sealed();
    List<Segment> mergeable = new ArrayList<>(sealed.size());
    for (Segment segment : sealed) {
      if (segment.isMergeable()) {
        mergeable.add(segment);
      }
    }
    boolean due = isDue(mergeable, limits, nowMillis);
    double least = due || isBounded(limits) ? limits.deadFraction() : 1;
    List<Segment> dead = mostDead(folder, mergeable, limits, least, nowMillis);
    boolean all = mergeable.size() == sealed.size();
    if (dead.isEmpty() && all && droppableAltogether(sealed, limits)) {
      // All or none: with one file left out, tombstones could stay, and the merge would come again.
      return fitting(folder, sealed, limits).size() == sealed.size() ? sealed : List.of();
    }
    return fitting(folder, dead, limits);
  }

  /// What the copy of an input takes at most: the records that are not dead, frames for them, and
  /// the rest of two files. A frame holds a record; it is full, or the last of a slice.
  static long copyBytesMax(Segment input, MergeLimits limits) {
    long fullFrames = input.entryBytes() / (Copier.FRAME_BYTES_MAX - HEAD_BYTES);
    long slices = input.file().sizeBytes() / limits.sliceBytes();
    long frames = Math.min(input.entryCount(), fullFrames + slices + 2);
    long records = input.entryBytes() - input.deadBytes();
    return records + frames * HEAD_BYTES + 2 * FILE_OVERHEAD_BYTES;
  }

  /// As many of the inputs, from the first, as have copies that fit below the bound of the store.
  private static List<Segment> fitting(
      SegmentFolder folder, List<Segment> inputs, MergeLimits limits) {
    if (!isBounded(limits)) {
      return inputs;
    }
    long room = limits.spaceBytesMax();
    for (Segment segment : folder.all()) {
      room -= segment.diskBytes();
    }
    int count = 0;
    for (Segment segment : inputs) {
      room -= copyBytesMax(segment, limits);
      if (room < 0) {
        break;
      }
      count++;
    }
    return inputs.subList(0, count);
  }

  private static boolean isBounded(MergeLimits limits) {
    return limits.spaceBytesMax() != Long.MAX_VALUE;
  }

  /// Whether the files altogether hold more than they may of what merges could drop, now or later.
  private static boolean isDue(List<Segment> sealed, MergeLimits limits, long nowMillis) {
    long all = 0;
    long dropped = 0;
    for (Segment segment : sealed) {
      long bytes = segment.deadBytes() + segment.tombstoneBytes() + segment.expiredBytes(nowMillis);
      all += segment.entryBytes();
      dropped += Math.min(segment.entryBytes(), bytes);
    }
    return dropped >= limits.deadFraction() * all;
  }

  /// @param least the share of a file that must be dead
  private static List<Segment> mostDead(
      SegmentFolder folder,
      List<Segment> sealed,
      MergeLimits limits,
      double least,
      long nowMillis) {
    TwoLowest lowest = TwoLowest.of(folder.inForce());
    List<Segment> dead = new ArrayList<>();
    for (Segment segment : sealed) {
      if (deadFraction(lowest, segment, nowMillis) >= least) {
        dead.add(segment);
      }
    }
    dead.sort(
        Comparator.comparingDouble((Segment segment) -> -deadFraction(lowest, segment, nowMillis))
            .thenComparingLong(Segment::fileId));
    return dead.size() <= limits.inputsMax() ? dead : dead.subList(0, limits.inputsMax());
  }

  /// The file with the lowest sequence number, and the lowest number in any other: enough to know,
  /// for each file, the lowest number outside of it, with one pass over all files instead of one
  /// for each.
  private record TwoLowest(long fileId, long first, long second) {
    static TwoLowest of(Iterable<Segment> segments) {
      long fileId = -1;
      long first = Long.MAX_VALUE;
      long second = Long.MAX_VALUE;
      for (Segment segment : segments) {
        long sequence = segment.lowestSequence();
        if (sequence < first) {
          fileId = segment.fileId();
          second = first;
          first = sequence;
        } else if (sequence < second) {
          second = sequence;
        }
      }
      return new TwoLowest(fileId, first, second);
    }

    long outside(Segment segment) {
      return segment.fileId() == fileId ? second : first;
    }
  }

  private static boolean droppableAltogether(List<Segment> sealed, MergeLimits limits) {
    long all = 0;
    long tombstones = 0;
    long dead = 0;
    for (Segment segment : sealed) {
      all += segment.entryBytes();
      tombstones += segment.tombstoneBytes();
      dead += segment.deadBytes();
    }
    return tombstones > 0 && tombstones + dead >= limits.deadFraction() * all;
  }

  private static double deadFraction(TwoLowest lowest, Segment segment, long nowMillis) {
    if (segment.entryBytes() == 0) {
      return 1;
    }
    long dead = segment.deadBytes();
    if (segment.tombstoneBytes() > 0 && lowest.outside(segment) > segment.highestTombstone()) {
      dead += segment.tombstoneBytes();
    }
    dead = Math.min(segment.entryBytes(), dead + segment.expiredBytes(nowMillis));
    return (double) dead / segment.entryBytes();
  }

  /// The lowest sequence number in any file of the manifest that is not an input.
  static long lowestSequenceOutside(SegmentFolder folder, List<Segment> inputs) {
    // Not those that a replacement gathers: their numbers begin anew, and hide nothing.
    return folder.inForce().stream()
        .filter(segment -> !inputs.contains(segment))
        .mapToLong(Segment::lowestSequence)
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
