package dev.nucleusdb.scenarios.store;

import dev.nucleusdb.core.random.RandomSource;
import java.util.List;
import java.util.Locale;

/// One thing that is done to a store. Its text stands in plans.
///
/// ```
///   operation = kind [ ":" what ]
///   what      = of "write": entries "k3=40,k5-": a value of 40 bytes, a delete; may be empty
///               of "maintain" and "damage": a number
///               of "stream": "k3=400": begins a large value; "part", "finish", "drop", "free"
///               of "read": "k3": opens a value; "more" or "rest" of it
/// ```
///
/// @param kind what
/// @param what more of it; may be empty
record StoreOperation(Kind kind, String what) {

  /// What may be done.
  enum Kind {
    /// A batch.
    WRITE(50),
    /// A sync is asked for.
    SYNC(6),
    /// Time passes, and syncs end.
    WAIT(6),
    /// So many slices of housekeeping.
    MAINTAIN(16),
    /// Housekeeping until nothing is due; then the space is measured.
    SETTLE(2),
    /// Everything is read.
    LOOK(3),
    /// A snapshot is taken, or read, or let go.
    SNAPSHOT(5),
    /// Another content is begun, gathered, put in force, or dropped.
    REPLACE(5),
    /// Closed in good order and opened again.
    REOPEN(2),
    /// A copy of the disk is damaged and used.
    DAMAGE(3),
    /// A large value is begun, written on, finished, dropped, or freed.
    STREAM(0),
    /// A value is opened, or read on.
    READ(0);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int WEIGHTS = 98;
  private static final double LARGE_SHARE = 0.25;
  private static final int SLICES_MAX = 8;
  private static final int NUMBERS = 1_000_000;

  /// @param random the operation's own stream
  static StoreOperation draw(RandomSource random, StoreShape shape) {
    RandomSource large = random.fork("large");
    if (shape.partBytes() > 0 && large.chance(LARGE_SHARE)) {
      Kind kind = large.chance(0.8) ? Kind.STREAM : Kind.READ;
      return new StoreOperation(kind, what(kind, large, shape));
    }
    int draw = random.nextInt(WEIGHTS);
    for (Kind kind : Kind.values()) {
      draw -= kind.weight;
      if (draw < 0) {
        return new StoreOperation(kind, what(kind, random, shape));
      }
    }
    return new StoreOperation(Kind.WAIT, "");
  }

  private static String what(Kind kind, RandomSource random, StoreShape shape) {
    return switch (kind) {
      case WRITE -> entries(random, shape);
      case MAINTAIN -> Integer.toString(1 + random.nextInt(SLICES_MAX));
      case DAMAGE, REPLACE, SNAPSHOT -> Integer.toString(random.nextInt(NUMBERS));
      case STREAM -> {
        List<String> more = List.of("part", "part", "part", "finish", "finish", "drop", "free");
        int pick = random.nextInt(more.size() + 3);
        int bytesMax = shape.partBytes() * StoreShape.LARGE_PARTS_MAX;
        yield pick < more.size()
            ? more.get(pick)
            : "k" + random.nextInt(shape.keyCount()) + '=' + random.nextInt(bytesMax);
      }
      case READ -> {
        int pick = random.nextInt(3);
        yield pick == 0 ? "more" : pick == 1 ? "rest" : "k" + random.nextInt(shape.keyCount());
      }
      case SYNC, WAIT, SETTLE, LOOK, REOPEN -> "";
    };
  }

  private static String entries(RandomSource random, StoreShape shape) {
    int count = random.nextInt(shape.batchEntriesMax() + 1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.max(count, random.chance(0.9) ? 1 : 0); i++) {
      text.append(text.isEmpty() ? "k" : ",k").append(random.nextInt(shape.keyCount()));
      if (random.chance(shape.deleteShare())) {
        text.append('-');
      } else {
        text.append('=').append(random.nextInt(shape.valueBytesMax()));
      }
    }
    return text.toString();
  }

  /// @throws IllegalArgumentException if it is none
  static StoreOperation parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    for (Kind kind : Kind.values()) {
      if (kind.label().equals(name)) {
        return new StoreOperation(kind, colon < 0 ? "" : text.substring(colon + 1));
      }
    }
    throw new IllegalArgumentException("\"" + text + "\" is no operation of a store");
  }

  int number() {
    return what.isEmpty() ? 0 : Integer.parseInt(what);
  }

  @Override
  public String toString() {
    return what.isEmpty() ? kind.label() : kind.label() + ':' + what;
  }
}
