package dev.nucleusdb.bench.load;

/// Where entries come from, and who is told of those that count.
public interface Entries {

  /// The next entry to propose. From any thread.
  byte[] next();

  /// It was committed, and is counted.
  default void committed(byte[] entry) {}

  /// Entries of so many bytes, made beforehand and used again and again: what the load itself
  /// allocates would be booked to the systems.
  static Entries recycled(int bytes) {
    byte[][] made = new byte[1024][bytes];
    for (int i = 0; i < made.length; i++) {
      made[i][0] = (byte) i;
      made[i][1] = (byte) (i >> 8);
    }
    java.util.concurrent.atomic.AtomicInteger count =
        new java.util.concurrent.atomic.AtomicInteger();
    return () -> made[count.getAndIncrement() & (made.length - 1)];
  }
}
