/// Linearizable reads without writing to the log: ReadIndex (thesis §6.4).
///
/// ```
///   read ──► waits for a round that begins after it ──majority answers──► ready at its commit index
/// ```
///
/// Rounds are made by the leader and never reused within its term, so a late answer can release
/// only reads that began before the round it answers. The refusal of a request of an earlier term
/// names no round: its leader may lead again. Imports nothing.
package dev.nucleusdb.raft.read;
