/// Simulated time: the event queue, and clocks that are wrong in the ways of real ones.
///
/// ```
///   true time (Kernel) ──drift──► MachineClock ──start of incarnation──► SimulatedClock.monotonic
///                                      └──────skew, jumps, daemon──────► SimulatedClock.wall
///   NodeTimers: deadline by the node's clock ──► true time ──► EventQueue ──► Host.execute
///                          late by Pace ──┘           └── kept back by EventOrder
/// ```
///
/// Imports `sim.trace` and `sim.fault`. Read [Kernel], then [Host]: how callbacks reach nodes.
package dev.nucleusdb.sim.time;
