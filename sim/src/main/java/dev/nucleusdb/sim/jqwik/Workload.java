package dev.nucleusdb.sim.jqwik;

import java.time.Duration;
import java.util.List;

/// What clients do, one after the other each.
///
/// @param clients for each client its steps
/// @param <O> an operation
public record Workload<O>(List<List<Step<O>>> clients) {

  /// One step of a client.
  ///
  /// @param pause how long it waits before
  /// @param operation what it does then
  /// @param <O> an operation
  public record Step<O>(Duration pause, O operation) {}
}
