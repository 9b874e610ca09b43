package dev.nucleusdb.core.node;

import dev.nucleusdb.core.network.Address;

/// A member of a cluster and where it is reached.
///
/// @param id its name
/// @param address where messages for it go
public record Member(NodeId id, Address address) {}
