package dev.nucleusdb.linearizability;

import java.util.Arrays;

/// The configurations that the search has been to, so that it goes to none twice.
///
/// A configuration is a row of longs: first those that must be equal (place in the timeline and
/// state, then the slots that have been placed), then the [UsedCounts]. Rows are kept in one array
/// and chained by hash.
///
/// With dominance, a configuration counts as visited if one with equal first words and no greater
/// count was visited: whatever can be reached from it could be reached from that one. This holds
/// while that one is still on the search's stack, too: the shortest way to success from the lesser
/// one never needs the greater one.
final class VisitedConfigurations {
  private static final int INITIAL_CAPACITY = 256;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final int equalWords;
  private final int rowWords;
  private final UsedCounts usedCounts;
  private final boolean dominance;
  private long[] rows;
  private int[] next = new int[INITIAL_CAPACITY];
  private int[] heads = newHeads(INITIAL_CAPACITY);
  private int count;

  VisitedConfigurations(int equalWords, UsedCounts usedCounts, boolean dominance) {
    this.equalWords = equalWords;
    this.rowWords = equalWords + usedCounts.wordCount();
    this.usedCounts = usedCounts;
    this.dominance = dominance;
    this.rows = new long[INITIAL_CAPACITY * rowWords];
  }

  /// Adds a configuration; false if it, or one that can do as much, was there.
  boolean add(long[] configuration) {
    int head = headOf(configuration, 0);
    for (int row = heads[head]; row >= 0; row = next[row]) {
      if (covers(row, configuration)) {
        return false;
      }
    }
    if (count == next.length) {
      grow();
      head = headOf(configuration, 0);
    }
    System.arraycopy(configuration, 0, rows, count * rowWords, rowWords);
    next[count] = heads[head];
    heads[head] = count++;
    return true;
  }

  private boolean covers(int row, long[] configuration) {
    int offset = row * rowWords;
    for (int word = 0; word < equalWords; word++) {
      if (rows[offset + word] != configuration[word]) {
        return false;
      }
    }
    int used = offset + equalWords;
    return dominance
        ? usedCounts.atMost(rows, used, configuration, equalWords)
        : Arrays.equals(rows, used, offset + rowWords, configuration, equalWords, rowWords);
  }

  private int headOf(long[] words, int offset) {
    long hash = 0;
    for (int word = 0; word < equalWords; word++) {
      hash = (hash ^ words[offset + word]) * MIX;
      hash ^= hash >>> 29;
    }
    return (int) (hash >>> 16) & (heads.length - 1);
  }

  private void grow() {
    int capacity = 2 * next.length;
    rows = Arrays.copyOf(rows, Math.multiplyExact(capacity, rowWords));
    next = new int[capacity];
    heads = newHeads(capacity);
    for (int row = 0; row < count; row++) {
      int head = headOf(rows, row * rowWords);
      next[row] = heads[head];
      heads[head] = row;
    }
  }

  private static int[] newHeads(int capacity) {
    int[] heads = new int[capacity];
    Arrays.fill(heads, -1);
    return heads;
  }
}
