package dev.nucleusdb.linearizability.search;

import java.util.Arrays;

/// The configurations that the search has been to, so that it goes to none twice.
///
/// A configuration is a row of longs: first those that must be equal (place in the timeline and
/// state, then the slots that have been placed), then the [UsedCounts]. Rows are kept in one array
/// and chained by hash. With each row stands how the search came to it, so that an order can be
/// read off at the end.
///
/// With dominance, a configuration counts as visited if one with equal first words and no greater
/// count was visited: whatever can be reached from it could be reached from that one. And a new one
/// *supersedes* the rows that it dominates: they leave their chain, which is therefore an
/// antichain, and the search drops them.
final class VisitedConfigurations {
  /// The row of a configuration that need not be visited.
  static final int COVERED = -1;

  private static final int INITIAL_CAPACITY = 64;
  private static final int SUPERSEDED = -2;
  private static final int END = -1;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final int equalWords;
  private final int rowWords;
  private final UsedCounts usedCounts;
  private final boolean dominance;
  private long[] rows;
  private int[] next = new int[INITIAL_CAPACITY];
  private int[] parent = new int[INITIAL_CAPACITY];
  private int[] choice = new int[INITIAL_CAPACITY];
  private int[] heads = newHeads(INITIAL_CAPACITY);
  private int count;

  VisitedConfigurations(int equalWords, UsedCounts usedCounts, boolean dominance) {
    this.equalWords = equalWords;
    this.rowWords = equalWords + usedCounts.wordCount();
    this.usedCounts = usedCounts;
    this.dominance = dominance;
    this.rows = new long[INITIAL_CAPACITY * rowWords];
  }

  /// How many configurations have been added, superseded ones included.
  int count() {
    return count;
  }

  /// Whether the next new configuration makes the arrays grow to twice their size.
  boolean isFull() {
    return count == next.length;
  }

  /// How many bytes the arrays take.
  long bytes() {
    return bytes(next.length);
  }

  /// How many bytes the arrays take once they have grown.
  long bytesGrown() {
    return bytes(2L * next.length);
  }

  private long bytes(long capacity) {
    return capacity * (Long.BYTES * rowWords + 4 * Integer.BYTES);
  }

  /// Adds a configuration, which was reached from a row by a choice. Gives its row, or [#COVERED]
  /// if it, or one that can do as much, was there.
  int add(long[] configuration, int fromRow, int byChoice) {
    int head = headOf(configuration, 0);
    int previous = END;
    for (int row = heads[head]; row >= 0; ) {
      int following = next[row];
      if (sameKey(row, configuration)) {
        if (covers(row, configuration)) {
          return COVERED;
        }
        if (dominance && isCoveredBy(row, configuration)) {
          unlink(head, previous, row);
          row = following;
          continue;
        }
      }
      previous = row;
      row = following;
    }
    if (isFull()) {
      grow();
      head = headOf(configuration, 0);
    }
    System.arraycopy(configuration, 0, rows, count * rowWords, rowWords);
    parent[count] = fromRow;
    choice[count] = byChoice;
    next[count] = heads[head];
    heads[head] = count;
    return count++;
  }

  /// Whether a row need not be expanded any more, because a later one can do all that it can.
  boolean isSuperseded(int row) {
    return next[row] == SUPERSEDED;
  }

  void copyTo(long[] configuration, int row) {
    System.arraycopy(rows, row * rowWords, configuration, 0, rowWords);
  }

  int parentOf(int row) {
    return parent[row];
  }

  int choiceOf(int row) {
    return choice[row];
  }

  private void unlink(int head, int previous, int row) {
    if (previous == END) {
      heads[head] = next[row];
    } else {
      next[previous] = next[row];
    }
    next[row] = SUPERSEDED;
  }

  private boolean sameKey(int row, long[] configuration) {
    int offset = row * rowWords;
    for (int word = 0; word < equalWords; word++) {
      if (rows[offset + word] != configuration[word]) {
        return false;
      }
    }
    return true;
  }

  private boolean covers(int row, long[] configuration) {
    int used = row * rowWords + equalWords;
    return dominance
        ? usedCounts.atMost(rows, used, configuration, equalWords)
        : Arrays.equals(rows, used, (row + 1) * rowWords, configuration, equalWords, rowWords);
  }

  private boolean isCoveredBy(int row, long[] configuration) {
    return usedCounts.atMost(configuration, equalWords, rows, row * rowWords + equalWords);
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
    next = Arrays.copyOf(next, capacity);
    parent = Arrays.copyOf(parent, capacity);
    choice = Arrays.copyOf(choice, capacity);
    heads = newHeads(capacity);
    for (int row = 0; row < count; row++) {
      if (!isSuperseded(row)) {
        int head = headOf(rows, row * rowWords);
        next[row] = heads[head];
        heads[head] = row;
      }
    }
  }

  private static int[] newHeads(int capacity) {
    int[] heads = new int[capacity];
    Arrays.fill(heads, END);
    return heads;
  }
}
