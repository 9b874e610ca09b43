package dev.nucleusdb.linearizability.isolation.level;

import java.util.function.BooleanSupplier;

/// How long a judge may go on. What takes memory is in proportion to the history; what may take
/// longer than that asks here from time to time.
public final class Patience {
  private final BooleanSupplier deadlinePassed;
  private boolean ended;

  /// @param deadlinePassed whether time is up
  public Patience(BooleanSupplier deadlinePassed) {
    this.deadlinePassed = deadlinePassed;
  }

  /// One without end.
  public static Patience endless() {
    return new Patience(() -> false);
  }

  /// Whether time is up. Once it is, it stays so.
  public boolean ended() {
    ended = ended || deadlinePassed.getAsBoolean();
    return ended;
  }
}
