/// What a run tells of itself: one event per effect, folded into a digest.
///
/// ```
///   component ──event(kind, a, b, c)──► Trace ──► digest (always), page and text (on demand)
///   component ──point("raft.vote.durable")──► in a simulation, a place where a crash may strike
/// ```
///
/// Imports `core.assertion`. The legend of all kinds stands in `docs/simulation.md`.
package dev.nucleusdb.core.trace;
