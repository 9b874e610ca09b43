/// Scenarios: a system, a workload, faults and judges, from one seed to a verdict.
///
/// ```
///   ScenarioOptions + seed ──► ReplicatedKeyValue.run ──► WorldResult (violation? digest, plan, counts)
///        cluster + workload + invariants + judge, in one sim.World
/// ```
///
/// Imports `cluster`, `workload`, `invariant`, `bug`. Read [ReplicatedKeyValue].
package dev.nucleusdb.scenarios;
