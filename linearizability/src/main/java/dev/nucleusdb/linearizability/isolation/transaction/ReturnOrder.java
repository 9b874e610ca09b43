package dev.nucleusdb.linearizability.isolation.transaction;

import java.util.Arrays;

/// Sorts nodes by the time of their return. They come nearly sorted, for they are numbered by
/// invocation and few are open at a time.
public final class ReturnOrder {
  /// How far insertion may move one node before the whole is sorted in another way.
  private static final int MOST_MOVES_PER_NODE = 64;

  private ReturnOrder() {}

  /// Sorts them in place.
  ///
  /// @param nodes numbers of transactions or of whatever returns
  /// @param returnTimes by number, the time
  public static void sort(int[] nodes, long[] returnTimes) {
    long movesLeft = (long) MOST_MOVES_PER_NODE * nodes.length;
    for (int place = 1; place < nodes.length && movesLeft >= 0; place++) {
      int node = nodes[place];
      long time = returnTimes[node];
      int free = place;
      while (free > 0 && returnTimes[nodes[free - 1]] > time && movesLeft-- >= 0) {
        nodes[free] = nodes[free - 1];
        free--;
      }
      nodes[free] = node;
    }
    if (movesLeft < 0) {
      sortByRank(nodes, returnTimes);
    }
  }

  /// Sorts times and nodes by time and then by number.
  private static void sortByRank(int[] nodes, long[] returnTimes) {
    long[] times = new long[nodes.length];
    for (int place = 0; place < nodes.length; place++) {
      times[place] = returnTimes[nodes[place]];
    }
    Arrays.sort(times);
    int[] next = new int[nodes.length];
    int[] sorted = new int[nodes.length];
    int[] byNumber = nodes.clone();
    Arrays.sort(byNumber);
    for (int node : byNumber) {
      int rank = rankOf(times, returnTimes[node]);
      sorted[rank + next[rank]++] = node;
    }
    System.arraycopy(sorted, 0, nodes, 0, nodes.length);
  }

  /// Where a time first stands among sorted ones.
  private static int rankOf(long[] times, long time) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] >= time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
