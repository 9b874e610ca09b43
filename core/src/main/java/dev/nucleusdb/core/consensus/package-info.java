/// The port of the replicated logs: commands in, the same commands in the same order out on every
/// member, durable on a majority before anyone is told.
///
/// ```
///   propose(command) ──► … majority durable … ──► StateMachine.apply(index, command) ──► Applied
///   read()           ──► … leadership confirmed, applied far enough … ──► ReadReady
/// ```
///
/// Imports `core.node`. Implementations: `raft`. All pass `ReplicatedLogContract`.
package dev.nucleusdb.core.consensus;
