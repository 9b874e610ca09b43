package dev.nucleusdb.sim.fiber;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.core.time.Timers;
import dev.nucleusdb.core.trace.Trace;
import org.jspecify.annotations.Nullable;

/// What the fibers of one host are built on: the host's seams.
///
/// @param clock its time
/// @param timers how it is woken; they know the host and its world
/// @param network its messages, or null if it is connected to nothing
/// @param disk its disk, or null if it has none
/// @param random its stream of random numbers
/// @param trace where it tells what it does
/// @param halt how a node stops itself; null for whoever is no node
public record FiberSeams(
    Clock clock,
    Timers timers,
    @Nullable Network network,
    @Nullable Disk disk,
    RandomSource random,
    Trace trace,
    NodeContext.@Nullable Halt halt) {

  /// Those of a node.
  public static FiberSeams of(NodeContext node) {
    return new FiberSeams(
        node.clock(),
        node.timers(),
        node.network(),
        node.disk(),
        node.random(),
        node.trace(),
        node.halt());
  }
}
