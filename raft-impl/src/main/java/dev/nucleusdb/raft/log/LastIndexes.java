package dev.nucleusdb.raft.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The largest index of each group that has entries in a segment, in the order of their numbers.
/// The segment that takes entries comes to know all groups that ever wrote to it: so it is two
/// arrays.
final class LastIndexes {
  private static final int CAPACITY_MIN = 4;

  private int[] groups = new int[CAPACITY_MIN];
  private long[] indexes = new long[CAPACITY_MIN];
  private int count;

  /// A decision about one group.
  interface Condition {
    /// @param index the largest of the group
    boolean holds(int group, long index);
  }

  /// A group has an entry there.
  void raise(int group, long index) {
    int place = Arrays.binarySearch(groups, 0, count, group);
    if (place >= 0) {
      indexes[place] = Math.max(indexes[place], index);
    } else {
      insert(-place - 1, group, index);
    }
  }

  private void insert(int place, int group, long index) {
    if (count == groups.length) {
      int longer = count + (count >> 1);
      groups = Arrays.copyOf(groups, longer);
      indexes = Arrays.copyOf(indexes, longer);
    }
    System.arraycopy(groups, place, groups, place + 1, count - place);
    System.arraycopy(indexes, place, indexes, place + 1, count - place);
    groups[place] = group;
    indexes[place] = index;
    count++;
  }

  /// A group needs nothing up to an index any more.
  void forget(int group, long index) {
    int place = Arrays.binarySearch(groups, 0, count, group);
    if (place >= 0 && indexes[place] <= index) {
      System.arraycopy(groups, place + 1, groups, place, count - place - 1);
      System.arraycopy(indexes, place + 1, indexes, place, count - place - 1);
      count--;
    }
  }

  /// Forgets the groups of which a condition holds, and keeps no more room than the others need.
  void retainUnless(Condition condition) {
    int kept = 0;
    for (int place = 0; place < count; place++) {
      if (!condition.holds(groups[place], indexes[place])) {
        groups[kept] = groups[place];
        indexes[kept] = indexes[place];
        kept++;
      }
    }
    count = kept;
    groups = Arrays.copyOf(groups, Math.max(CAPACITY_MIN, count));
    indexes = Arrays.copyOf(indexes, groups.length);
  }

  /// Who has entries there, in the order of their numbers.
  List<Integer> groups() {
    List<Integer> all = new ArrayList<>(count);
    for (int place = 0; place < count; place++) {
      all.add(groups[place]);
    }
    return all;
  }

  /// Whether a condition holds of any.
  boolean anyMatch(Condition condition) {
    for (int place = 0; place < count; place++) {
      if (condition.holds(groups[place], indexes[place])) {
        return true;
      }
    }
    return false;
  }
}
