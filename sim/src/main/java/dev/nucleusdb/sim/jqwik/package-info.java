/// Worlds as jqwik draws them: for properties over clusters, faults and workloads.
///
/// ```
///   WorldArbitraries.clusterShapes() ──► ClusterShape     .faultMixes() ──► FaultMix
///                   .worldOptions()  ──► WorldOptions     .workloads(operations) ──► Workload
/// ```
///
/// jqwik shrinks shapes, mixes and workloads; the faults within a world are shrunk by `sim.shrink`,
/// which knows them by name. Needs jqwik 1.9, which only those have who test. Imports `sim` and
/// `sim.fault`.
package dev.nucleusdb.sim.jqwik;
