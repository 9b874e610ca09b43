package dev.nucleusdb.sim.fiber.connection;

import dev.nucleusdb.core.network.Address;

/// What a server does with a request; it may wait.
@FunctionalInterface
public interface RequestHandler {
  /// Runs in a fiber of its own. The network may bring a request twice.
  ///
  /// @param from who asks
  /// @param payload what is asked; not to be changed
  /// @return the answer
  /// @throws Exception as in [dev.nucleusdb.sim.fiber.FiberBody#run]
  byte[] handle(Address from, byte[] payload) throws Exception;
}
