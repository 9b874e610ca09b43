/// Linearizable reads without writing to the log: ReadIndex (thesis §6.4).
///
/// ```
///   read ──► waits for a round that begins after it ──majority answers──► ready at its commit index
/// ```
///
/// Rounds are made by the leader and never reused within its term, so a late answer can release
/// only reads that began before the round it answers. Imports nothing.
package dev.nucleusdb.raft.read;
