/// The node's side of all its groups: one write-ahead log, one sync at a time for whoever has
/// written, one timer, one packet to a peer for all that one turn says to it.
///
/// ```
///                       ┌───────────── GroupHost ─────────────┐
///   packets ───────────►│ by group ─► HostedGroup (a member)  │
///   the earliest timer ►│ Deadlines      │ through its Seat    │
///   a completed sync ──►│ GroupCommit ◄──┘ ─► Outbox ─────────┼──► one packet to each peer
///                       └──────────────────┬──────────────────┘
///                                    WriteAheadLog
/// ```
///
/// Imports `log`, `membership` and `message`; knows a group as a [HostedGroup] alone.
package dev.nucleusdb.raft.group;
