/// Raft (Ongaro and Ousterhout, "In Search of an Understandable Consensus Algorithm", 2014;
/// Ongaro's thesis of the same year): a pure state machine, and the member that carries it over the
/// seams.
///
/// ```
///                 RaftInput                          RaftEffect
///   messages ─────────────►┌──────────────┐────────► Send (may leave at once)
///   time, proposals, reads │     Raft     │          Persist (append, then sync)
///   completed syncs ──────►│ pure stepper │────────► Apply, ReadReady, …
///                          └──────────────┘
///   RaftMember: the group's seat at its GroupHost, and its StateMachine, around it
/// ```
///
/// A message that depends on durable state is held back inside [Raft] until the write it depends on
/// is reported as durable, so that whoever executes effects cannot get the order wrong.
///
/// Imports `core` and its own sub-packages. Read [Raft], [Elections], [Followership], [Leadership],
/// [Reconfiguration], then [RaftMember].
package dev.nucleusdb.raft;
