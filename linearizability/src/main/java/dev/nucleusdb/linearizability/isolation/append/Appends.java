package dev.nucleusdb.linearizability.isolation.append;

import dev.nucleusdb.linearizability.isolation.level.Patience;
import java.util.Arrays;

/// The appends to one key by their value, as a small hash table that is used for one key after the
/// other.
final class Appends {
  static final int NONE = -1;
  private static final int LEAST_CAPACITY = 16;
  private static final int MIX = 0x9E3779B1;

  /// What a place takes.
  private static final long BYTES = 3L * Integer.BYTES;

  private final Patience patience;
  private int[] values = new int[LEAST_CAPACITY];
  private int[] steps = new int[LEAST_CAPACITY];
  private int[] rounds = new int[LEAST_CAPACITY];
  private int mask = LEAST_CAPACITY - 1;
  private int round;

  Appends(Patience patience) {
    this.patience = patience;
  }

  /// Forgets all and makes room.
  void begin(int atMost) {
    int capacity = Math.max(LEAST_CAPACITY, Integer.highestOneBit(Math.max(1, atMost)) * 4);
    if (capacity > values.length) {
      patience.giveBack(values.length > LEAST_CAPACITY ? values.length * BYTES : 0);
      patience.take(capacity * BYTES);
      values = new int[capacity];
      steps = new int[capacity];
      rounds = new int[capacity];
      round = 0;
    }
    mask = capacity - 1;
    if (round == Integer.MAX_VALUE) {
      Arrays.fill(rounds, 0);
      round = 0;
    }
    round++;
  }

  /// Adds an append, and gives the step that appended the same value before, or [#NONE].
  int add(int value, int step) {
    int place = placeOf(value);
    if (rounds[place] == round) {
      return steps[place];
    }
    rounds[place] = round;
    values[place] = value;
    steps[place] = step;
    return NONE;
  }

  /// The step that appended a value, or [#NONE].
  int stepOf(int value) {
    int place = placeOf(value);
    return rounds[place] == round ? steps[place] : NONE;
  }

  private int placeOf(int value) {
    int place = (value * MIX) >>> 7 & mask;
    while (rounds[place] == round && values[place] != value) {
      place = (place + 1) & mask;
    }
    return place;
  }
}
