package dev.nucleusdb.sim.fiber;

import static dev.nucleusdb.core.assertion.Assertions.require;

/// The limits of the fibers of one host.
///
/// @param fibersMax how many fibers may live at once, and so wait for anything; default 100,000
/// @param inboxMax how many messages may wait to be received; what comes then is dropped, as a full
///   socket buffer drops datagrams; default 4,096, extremes 1 and 100,000
public record FiberOptions(int fibersMax, int inboxMax) {
  /// The defaults.
  public static final FiberOptions DEFAULT = new FiberOptions(100_000, 4_096);

  /// @throws IllegalArgumentException if a bound makes no sense
  public FiberOptions {
    require(fibersMax > 0, "a host needs room for a fiber");
    require(inboxMax > 0, "an inbox needs room for a message");
  }
}
