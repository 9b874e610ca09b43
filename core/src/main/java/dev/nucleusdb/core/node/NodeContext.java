package dev.nucleusdb.core.node;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.core.time.Timers;
import dev.nucleusdb.core.trace.Trace;

/// Everything that a node is handed: the four seams, where it tells what it does, and the way to
/// stop itself. A context belongs to one incarnation: after a crash a new one is made.
///
/// @param id the node's name
/// @param clock its time
/// @param timers how it is woken
/// @param network its messages
/// @param disk its folder
/// @param random its stream of random numbers
/// @param trace where it tells what it does
/// @param halt how it stops itself for good
public record NodeContext(
    NodeId id,
    Clock clock,
    Timers timers,
    Network network,
    Disk disk,
    RandomSource random,
    Trace trace,
    Halt halt) {

  /// The last words of a node that must not go on: a failed sync, a damaged log.
  @FunctionalInterface
  public interface Halt {
    /// Stops the node. Callbacks that are under way run to their end; none begins afterwards.
    ///
    /// @param reason one line: what happened, in which file, what to do
    void halt(String reason);
  }
}
