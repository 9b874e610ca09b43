package dev.nucleusdb.database.client;

import dev.nucleusdb.core.network.Address;
import java.util.LinkedHashMap;
import java.util.Map;

/// The nodes whose connections have ended and that were not heard since, each for a while: such a
/// node may be gone, and is not waited for as long as others.
final class Doubts {
  private final Map<Address, Long> untilNanos = new LinkedHashMap<>();

  /// A node's connection has ended, at a moment of the client's clock in ns.
  void ended(Address node, long nowNanos, long forNanos) {
    untilNanos.values().removeIf(until -> until <= nowNanos);
    untilNanos.put(node, nowNanos + forNanos);
  }

  void heard(Address node) {
    untilNanos.remove(node);
  }

  boolean isDoubted(Address node, long nowNanos) {
    return untilNanos.getOrDefault(node, Long.MIN_VALUE) > nowNanos;
  }
}
