package dev.nucleusdb.linearizability.search;

import java.util.Arrays;

/// A map from non-negative longs to ints by open addressing, for the inner loop.
final class LongIntTable {
  private static final long EMPTY = -1;
  private static final int INITIAL_CAPACITY = 64;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private long[] keys = newKeys(INITIAL_CAPACITY);
  private int[] values = new int[INITIAL_CAPACITY];
  private int size;

  /// The value of a key, or `missing`.
  int get(long key, int missing) {
    int place = placeOf(key);
    return keys[place] == key ? values[place] : missing;
  }

  void put(long key, int value) {
    if (2 * (size + 1) > keys.length) {
      grow();
    }
    int place = placeOf(key);
    if (keys[place] != key) {
      keys[place] = key;
      size++;
    }
    values[place] = value;
  }

  private int placeOf(long key) {
    int mask = keys.length - 1;
    int place = (int) ((key * MIX) >>> 32) & mask;
    while (keys[place] != EMPTY && keys[place] != key) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = newKeys(2 * oldKeys.length);
    values = new int[keys.length];
    for (int old = 0; old < oldKeys.length; old++) {
      if (oldKeys[old] != EMPTY) {
        int place = placeOf(oldKeys[old]);
        keys[place] = oldKeys[old];
        values[place] = oldValues[old];
      }
    }
  }

  private static long[] newKeys(int capacity) {
    long[] keys = new long[capacity];
    Arrays.fill(keys, EMPTY);
    return keys;
  }
}
