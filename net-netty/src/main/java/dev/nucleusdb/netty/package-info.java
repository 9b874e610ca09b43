/// The network seam over TCP.
///
/// ```
///   node's thread: a task         between tasks                                 the other side
///   send ──► Outbox (bounded) ──► Peer: dials, writes ──────────────► Connection ──► Inbox ──► receiver
///            full, or paused      one connection per direction        reads frames   (bounded; full:
///            after a failure:                                         in order       reading stops)
///            false at once
///   send to a client ──► Outbox of the connection on which the client came
/// ```
///
/// A message that has come is lent to the receiver, in one of the
/// [MessageArrays][dev.nucleusdb.netty.MessageArrays], which serves again when the receiver
/// returns. A message that is not bytes yet when it is sent becomes bytes in the chunk that goes to
/// the socket. There is no thread but the node's, which waits in its
/// [Sockets][dev.nucleusdb.netty.Sockets] while it has nothing to do, and one that asks for the
/// addresses of hosts.
///
/// Frames and the handshake are in [Frame][dev.nucleusdb.netty.Frame]. A node dials whom it sends
/// to, so two nodes that talk have two connections, each with one writer of messages, and nobody
/// has to decide which of two is the right one.
///
/// Imports `core.network`, `core.system` and Netty. Read on in `NetworkContract`.
package dev.nucleusdb.netty;
