package dev.nucleusdb.linearizability.search;

import java.util.function.BooleanSupplier;

/// What a search may spend. Several searches may draw on one budget, each in its turn.
public final class Budget {
  private final long maxConfigurations;
  private final long maxBytes;
  private final BooleanSupplier deadlinePassed;
  private long bytesHeld;

  /// @param maxConfigurations the most configurations that all searches together may remember
  /// @param maxBytes the most bytes that they may hold for that at one time
  /// @param deadlinePassed whether time is up
  public Budget(long maxConfigurations, long maxBytes, BooleanSupplier deadlinePassed) {
    this.maxConfigurations = maxConfigurations;
    this.maxBytes = maxBytes;
    this.deadlinePassed = deadlinePassed;
  }

  long maxConfigurations() {
    return maxConfigurations;
  }

  boolean deadlinePassed() {
    return deadlinePassed.getAsBoolean();
  }

  /// Takes bytes if there are as many left.
  boolean take(long bytes) {
    if (bytes > maxBytes - bytesHeld) {
      return false;
    }
    bytesHeld += bytes;
    return true;
  }

  void giveBack(long bytes) {
    bytesHeld -= bytes;
  }
}
