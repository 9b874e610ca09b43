/// The network, the second seam: messages that may be lost, doubled, delayed and reordered.
///
/// ```
///   sender ──send──► bounded queue per peer ──► ~~~ ──► Receiver (on the receiving node's thread)
///                    full: refused at once       lost, late, twice, out of order: all allowed
/// ```
///
/// What is sent is bytes, or an [Outgoing][dev.nucleusdb.core.network.Outgoing] that becomes bytes
/// where the network wants them.
///
/// What arrives is lent to the receiver, in an array that serves again, unless it takes copies
/// ([Borrower][dev.nucleusdb.core.network.Network.Borrower]).
///
/// Imports nothing. The bytes inside a message belong to `core.codec`.
package dev.nucleusdb.core.network;
