package dev.nucleusdb.netty;

import java.util.function.BooleanSupplier;

/// Waiting in tests: for a condition, and not longer than ten seconds.
final class Await {
  private static final long MILLIS_MAX = 10_000;

  private Await() {}

  static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + MILLIS_MAX * 1_000_000;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + MILLIS_MAX + " ms: " + what);
      }
      pause(5);
    }
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
