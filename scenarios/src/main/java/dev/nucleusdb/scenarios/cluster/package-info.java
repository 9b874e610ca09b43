/// The database inside a simulated world: which node is built from what.
///
/// ```
///   Blueprint (options, rules, wrappers) ──► Cluster ──► DatabaseNode per SimulatedNode
///                                               │
///                      ClusterView ◄────────────┘ what invariants may look at
/// ```
///
/// [ClusterEvents] are what nodes tell of themselves, [DurableLogs] what their disks hold of it.
///
/// Imports the product's rooms and `sim`. Read on in `workload` and `invariant`.
package dev.nucleusdb.scenarios.cluster;
