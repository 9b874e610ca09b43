/// The log: entries in memory, what of them is durable, and the write-ahead log on the disk.
///
/// ```
///        base          durableIndex        lastIndex
///   ──────┬───────────────┬───────────────────┬───
///   gone  │ on the disk   │ written, unsynced │
///         └── RaftLog (memory) ───────────────┘
///   Durability: which write covers what, and what waits for it
///   WriteAheadLog: frames in segment files, one sync for all groups of the node
/// ```
///
/// Imports `core` and `membership`: who takes part is what the log says last. Read [RaftLog], then
/// [Durability], then [WriteAheadLog].
package dev.nucleusdb.raft.log;
