/// Faults that stand on the network for a while, one per class.
///
/// ```
///   entry of a plan ──► rule ──► SimulatedNetwork.impose … lift
///
///   cuts     Partition (also bridges and pairs), OneWayCut, Ring, Flap, HalfOpen
///   holds    Clog, NodeClog, Swizzle, Reset
///   refuses  HalfClose, Refusal
///   judges   TypedLoss, TypedDelay, Bandwidth, ShortQueue;  Far adds to every latency
/// ```
///
/// Imports `sim.network` and, for times in texts, `sim.fault`. Read [Partition], then [Swizzle].
package dev.nucleusdb.sim.network.rule;
