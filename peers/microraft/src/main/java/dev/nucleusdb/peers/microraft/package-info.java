/// MicroRaft on the stand. It is a library without transport and store, so both are ours: messages
/// cross TCP encoded, and a file holds terms, votes and entries and is synced when it asks for it.
///
/// ```
///   MicroRaftSystem ──► RaftNode ──► NettyTransport ──► MessageCodec ──► NettyNetwork
///                          └───────► FileStore ──► FileChannel.force
/// ```
///
/// Imports `bench.system`, `core`, `netty` and MicroRaft.
@org.jspecify.annotations.NullMarked
package dev.nucleusdb.peers.microraft;
