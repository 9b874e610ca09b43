/// The simulated network: one rule per kind of trouble.
///
/// ```
///   Endpoint.send ──► full? refused ──► standing rules: Partition, OneWayCut ──► cut
///                                   ──► chance rules: Loss, Delay, Reorder, Duplication
///                                   ──► Clog: held ──► event queue ──► cut? dead? ──► receiver
/// ```
///
/// A chance rule decides about the n-th message of a link from the seed, its family, the link and n
/// alone; whether it struck goes into the plan. Imports `sim.fault`, `sim.time`, `sim.trace`. Read
/// [SimulatedNetwork], then one rule.
package dev.nucleusdb.sim.network;
