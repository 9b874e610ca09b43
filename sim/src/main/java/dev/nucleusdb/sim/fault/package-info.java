/// Faults as data: each has a name, and a world's faults are a plan that can be kept, followed and
/// made smaller.
///
/// ```
///   seed ──► FaultMix ──► FaultSchedule ──► entries at a moment ─────────┐
///                │                                                       ├──► world ──► Plan
///                └──► CounterRandom(link, ordinal) ──► entries by message┘              │
///                                                                                       │
///   Plan ──► PlannedFaults ──► exactly these entries, nothing drawn ──► world ◄─────────┘
/// ```
///
/// Imports `core.random` and `core.assertion`. Read [FaultFamily] for what can happen, then
/// [PlanEntry]; what each fault does stands in `sim.network`, `sim.disk` and `sim`.
package dev.nucleusdb.sim.fault;
