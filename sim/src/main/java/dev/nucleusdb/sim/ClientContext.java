package dev.nucleusdb.sim;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.core.time.Timers;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.sim.fiber.FiberSeams;

/// What a client is handed: the seams of a node without a disk. A client never crashes, and its
/// clock is true; its messages meet the same network.
///
/// @param address where it is reached
/// @param clock its time
/// @param timers how it is woken
/// @param network its messages
/// @param random its stream of random numbers
/// @param trace where it tells what it does
public record ClientContext(
    Address address,
    Clock clock,
    Timers timers,
    Network network,
    RandomSource random,
    Trace trace) {

  /// What the client's fibers are built on.
  public FiberSeams seams() {
    return new FiberSeams(clock, timers, network, null, random, trace, null);
  }
}
