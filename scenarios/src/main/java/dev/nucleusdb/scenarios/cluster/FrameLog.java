package dev.nucleusdb.scenarios.cluster;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// Where the frames of one log are, by rising index, in parallel arrays: every entry of every node
/// passes through here, and each new one stands behind all others.
final class FrameLog {
  private static final int CAPACITY_INITIAL = 64;

  private long[] indexes = new long[CAPACITY_INITIAL];
  private long[] terms = new long[CAPACITY_INITIAL];
  private long[] segments = new long[CAPACITY_INITIAL];
  private long[] endOffsets = new long[CAPACITY_INITIAL];
  private int count;

  int count() {
    return count;
  }

  long term(int place) {
    return terms[place];
  }

  long segment(int place) {
    return segments[place];
  }

  long endOffset(int place) {
    return endOffsets[place];
  }

  /// The place of the first frame whose index is not below this one.
  int placeFrom(long index) {
    int found = Arrays.binarySearch(indexes, 0, count, index);
    return found < 0 ? -found - 1 : found;
  }

  /// The place of the frame of an index; -1 if there is none.
  int placeOf(long index) {
    return Math.max(-1, Arrays.binarySearch(indexes, 0, count, index));
  }

  /// The frame of an index is there now, and no frame behind it counts any more.
  void put(long index, long term, long segment, long endOffset) {
    count = placeFrom(index);
    grow();
    set(count++, index, term, segment, endOffset);
  }

  /// The frame of an index is somewhere else now; those behind it are where they were.
  void move(long index, long term, long segment, long endOffset) {
    int place = placeFrom(index);
    if (place == count || indexes[place] != index) {
      grow();
      for (int i = count++; i > place; i--) {
        set(i, indexes[i - 1], terms[i - 1], segments[i - 1], endOffsets[i - 1]);
      }
    }
    set(place, index, term, segment, endOffset);
  }

  private void grow() {
    if (count == indexes.length) {
      indexes = Arrays.copyOf(indexes, 2 * count);
      terms = Arrays.copyOf(terms, 2 * count);
      segments = Arrays.copyOf(segments, 2 * count);
      endOffsets = Arrays.copyOf(endOffsets, 2 * count);
    }
  }

  void clear() {
    count = 0;
  }

  /// Forgets all below an index.
  void forgetBefore(long index) {
    int from = placeFrom(index);
    if (from > 0) {
      keep(place -> place >= from);
    }
  }

  /// Forgets all but some, which are asked for in order.
  void keep(IntPredicate places) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (places.test(i)) {
        set(kept++, indexes[i], terms[i], segments[i], endOffsets[i]);
      }
    }
    count = kept;
  }

  private void set(int place, long index, long term, long segment, long endOffset) {
    indexes[place] = index;
    terms[place] = term;
    segments[place] = segment;
    endOffsets[place] = endOffset;
  }
}
