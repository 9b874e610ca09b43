/// Elections: who may be voted for, and the count.
///
/// ```
///   timeout ──► pre-vote (nothing changes) ──majority──► vote (durable) ──majority──► leader
/// ```
///
/// Imports `log`, `membership`. The transitions themselves are in `raft.Raft`.
package dev.nucleusdb.raft.election;
