package dev.nucleusdb.linearizability.search;

import java.util.ArrayList;
import java.util.List;

/// How many crashed operations of each class have been used, packed into longs.
///
/// ```
///   word:  … | guard 0 | count of class 1 | guard 0 | count of class 0 |
/// ```
///
/// Each count has as many bits as its class needs, and a guard bit above that stays 0. So `a <= b`
/// for all counts of a word at once is one subtraction: set b's guards, subtract a, and see whether
/// a guard was borrowed.
final class UsedCounts {
  private final int[] wordOf;
  private final int[] shift;
  private final long[] fieldMask;
  private final long[] guards;

  /// @param members by class, its operations
  UsedCounts(int[][] members) {
    wordOf = new int[members.length];
    shift = new int[members.length];
    fieldMask = new long[members.length];
    List<Long> guardsByWord = new ArrayList<>();
    int bit = Long.SIZE;
    for (int number = 0; number < members.length; number++) {
      int width = Integer.SIZE - Integer.numberOfLeadingZeros(members[number].length);
      if (bit + width + 1 > Long.SIZE) {
        guardsByWord.add(0L);
        bit = 0;
      }
      int word = guardsByWord.size() - 1;
      wordOf[number] = word;
      shift[number] = bit;
      fieldMask[number] = (1L << width) - 1;
      guardsByWord.set(word, guardsByWord.get(word) | (1L << (bit + width)));
      bit += width + 1;
    }
    guards = guardsByWord.stream().mapToLong(Long::longValue).toArray();
  }

  int wordCount() {
    return guards.length;
  }

  int get(long[] words, int offset, int classNumber) {
    long word = words[offset + wordOf[classNumber]];
    return (int) ((word >>> shift[classNumber]) & fieldMask[classNumber]);
  }

  void increment(long[] words, int offset, int classNumber) {
    words[offset + wordOf[classNumber]] += 1L << shift[classNumber];
  }

  /// How many have been used of all classes.
  int sum(long[] words, int offset) {
    int sum = 0;
    for (int classNumber = 0; classNumber < wordOf.length; classNumber++) {
      sum += get(words, offset, classNumber);
    }
    return sum;
  }

  /// Whether no count of `fewer` is greater than that of `more`.
  boolean atMost(long[] fewer, int fewerOffset, long[] more, int moreOffset) {
    for (int word = 0; word < guards.length; word++) {
      long difference = (more[moreOffset + word] | guards[word]) - fewer[fewerOffset + word];
      if ((difference & guards[word]) != guards[word]) {
        return false;
      }
    }
    return true;
  }
}
