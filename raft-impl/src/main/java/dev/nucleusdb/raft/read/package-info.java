/// Reads without writing to the log: by a round, by a lease, or of a state whose age is known.
///
/// ```
///   read ──► waits for a round that begins after it ──majority answers──► ready at its commit index
///   read ──► a committed entry of the own term is young ────────────────► ready at once     (Leases)
///   stale read ──► any member: so old may my state be ──────────────────► ready at once  (Freshness)
/// ```
///
/// Rounds are made by the leader and never reused within its term, so a late answer can release
/// only reads that began before the round it answers (ReadIndex, thesis §6.4). The refusal of a
/// request of an earlier term names no round: its leader may lead again. Leases and ages are
/// measured on each member's own clock (LeaseGuard, arXiv 2512.15659). Imports nothing.
package dev.nucleusdb.raft.read;
