package dev.nucleusdb.linearizability.isolation.transaction;

import java.util.Arrays;

/// A map from longs to ids by open addressing.
final class NumberIndex {
  private static final int INITIAL_CAPACITY = 64;
  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final int FREE = -1;

  private long[] keys = new long[INITIAL_CAPACITY];
  private int[] ids = freeIds(INITIAL_CAPACITY);
  private int size;

  /// The id of a number; one that is new gets the id that is given.
  int idOf(long number, int idIfNew) {
    if (2 * (size + 1) > keys.length) {
      grow();
    }
    int place = placeOf(number);
    if (ids[place] == FREE) {
      keys[place] = number;
      ids[place] = idIfNew;
      size++;
    }
    return ids[place];
  }

  private int placeOf(long number) {
    int mask = keys.length - 1;
    int place = (int) ((number * MIX) >>> 32) & mask;
    while (ids[place] != FREE && keys[place] != number) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldIds = ids;
    keys = new long[2 * oldKeys.length];
    ids = freeIds(keys.length);
    for (int old = 0; old < oldKeys.length; old++) {
      if (oldIds[old] != FREE) {
        int place = placeOf(oldKeys[old]);
        keys[place] = oldKeys[old];
        ids[place] = oldIds[old];
      }
    }
  }

  private static int[] freeIds(int capacity) {
    int[] ids = new int[capacity];
    Arrays.fill(ids, FREE);
    return ids;
  }
}
