/// Bytes outside the heap, for what upkeep gathers and keeps for seconds: on the heap each young
/// collection would move it, and everybody waits for that.
///
/// ```
///   merge: where records went ──┐
///   hint:  records, sorted ─────┼──► ByteQueue ──chunks──► ChunkPool
///   hint:  blocks ──────────────┘
/// ```
///
/// Imports nothing of this module.
package dev.nucleusdb.bitcask.offheap;
