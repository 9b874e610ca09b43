/// Faults that strike single messages, one per class.
///
/// ```
///   message ──► rule ──► Choice.Drawn: seed, family, link, n ──┐
///                   └──► Choice.Planned: an entry of a plan ───┴──► PlanEntry ──► Fate
/// ```
///
/// Imports `sim.network`, `sim.fault` and `core.random`. Read [Choice], then one rule.
package dev.nucleusdb.sim.network.chance;
