/// The simulated network: what undisturbed messages do, and where faults come in.
///
/// ```
///   Endpoint.send ──► full? refused ──► cut? ──► ChanceRule, each ──► StandingRule, each ──┐
///                                                                                          │
///      receiver ◄── dead? gone? cut? ◄── event queue ◄── held? ◄── Journey: when and where ┘
/// ```
///
/// A chance rule decides about single messages and a standing rule about all while it stands; the
/// rules themselves live in `sim.network.chance` and `sim.network.rule`, one per class. Whatever
/// struck goes into the plan.
///
/// What connections do depends on the [LinkModel]; in a `STREAM` world a reset, a half-open and a
/// half-closed connection and a refusal are what TCP makes of lost peers, and a sender learns of
/// them no more than there: `send` is false when the socket is known to be closed, and true
/// promises nothing.
///
/// Imports `sim.fault`, `sim.time`, `sim.trace`. Read [SimulatedNetwork], then [Journey].
package dev.nucleusdb.sim.network;
