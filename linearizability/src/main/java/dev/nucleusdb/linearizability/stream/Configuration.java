package dev.nucleusdb.linearizability.stream;

import java.util.Arrays;

/// One way in which an object may have come to where it is.
final class Configuration {
  private static final int[] NONE = {};

  /// The number of the object's state.
  final int state;

  /// By slot, a bit for each open operation that has taken effect. Never changed.
  private final long[] placed;

  /// The classes of the crashed operations that have taken effect, ascending, one entry for each
  /// operation. Never changed.
  private final int[] used;

  private Configuration(int state, long[] placed, int[] used) {
    this.state = state;
    this.placed = placed;
    this.used = used;
  }

  static Configuration initial(int state) {
    return new Configuration(state, new long[1], NONE);
  }

  boolean hasPlaced(int slot) {
    return (placed[slot / Long.SIZE] & 1L << slot) != 0;
  }

  Configuration placing(int slot, int stateThen) {
    long[] more = placed.clone();
    more[slot / Long.SIZE] |= 1L << slot;
    return new Configuration(stateThen, more, used);
  }

  Configuration without(int slot) {
    long[] fewer = placed.clone();
    fewer[slot / Long.SIZE] &= ~(1L << slot);
    return new Configuration(state, fewer, used);
  }

  Configuration using(int classNumber, int stateThen) {
    int[] more = Arrays.copyOf(used, used.length + 1);
    int place = used.length;
    while (place > 0 && used[place - 1] > classNumber) {
      more[place] = used[place - 1];
      place--;
    }
    more[place] = classNumber;
    return new Configuration(stateThen, placed, more);
  }

  int usedOf(int classNumber) {
    int count = 0;
    for (int one : used) {
      count += one == classNumber ? 1 : 0;
    }
    return count;
  }

  /// The same with another number for its state.
  Configuration renumbered(int otherState) {
    return new Configuration(otherState, placed, used);
  }

  /// The same as if it had used no crashed operation.
  Configuration settled() {
    return new Configuration(state, placed, NONE);
  }

  Configuration widened(int words) {
    return new Configuration(state, Arrays.copyOf(placed, words), used);
  }

  boolean isAlike(Configuration other) {
    return state == other.state && Arrays.equals(placed, other.placed);
  }

  int hashOfAlike() {
    return 31 * Arrays.hashCode(placed) + state;
  }

  /// Whether every crashed operation that this one used, the other used too.
  boolean usesAtMost(Configuration other) {
    int there = 0;
    for (int one : used) {
      while (there < other.used.length && other.used[there] < one) {
        there++;
      }
      if (there == other.used.length || other.used[there] != one) {
        return false;
      }
      there++;
    }
    return true;
  }

  /// How many bytes it takes, about.
  long bytes() {
    return 128 + (long) Long.BYTES * placed.length + (long) Integer.BYTES * used.length;
  }
}
