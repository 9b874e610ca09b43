/// Replication: what each follower has, what is under way to it, and what is committed.
///
/// ```
///   Progress of a follower
///     PROBE      one request at a time, until the place where the logs agree is found
///     REPLICATE  requests are sent ahead, up to a window; silence falls back to PROBE
///   CommitRule: largest index on a majority, of the leader's own term (§5.4.2)
/// ```
///
/// Imports `log`, `membership`.
package dev.nucleusdb.raft.replication;
