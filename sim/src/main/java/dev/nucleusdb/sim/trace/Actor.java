package dev.nucleusdb.sim.trace;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import org.jspecify.annotations.Nullable;

/// Who does something in a world: a node or a client.
///
/// @param index its place in the order of joining, from 0
/// @param address where it is reached; its name in traces and plans
/// @param node its id, if it is a node
public record Actor(int index, Address address, @Nullable NodeId node) {
  /// Its name in traces and plans.
  public String name() {
    return address.name();
  }

  @Override
  public String toString() {
    return name();
  }
}
