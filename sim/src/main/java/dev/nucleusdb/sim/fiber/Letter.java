package dev.nucleusdb.sim.fiber;

import dev.nucleusdb.core.network.Address;

/// A message that was received.
///
/// @param from who sent it
/// @param bytes what it says; not to be changed
public record Letter(Address from, byte[] bytes) {}
