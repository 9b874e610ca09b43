/// Simulation in JUnit: one annotation on a test method.
///
/// ```
///   @Simulate(worlds = 200, nodes = 5) void law(Simulation simulation) { … }
///        │
///   SimulateExtension ──► Audit of the method: what goes past the seams?
///        ├── saved plan of the last failure, if there is one: first
///        ├── Trials ── world after world
///        └── failure: invariant, detail, fewest faults, plan file, one line that replays it
/// ```
///
/// Needs JUnit Jupiter, which only those have who test. Imports `sim.trial`, `sim.audit` and
/// `sim.fault`. Read [Simulate].
package dev.nucleusdb.sim.junit;
