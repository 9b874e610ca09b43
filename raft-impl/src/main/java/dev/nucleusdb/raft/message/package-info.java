/// What members say to each other, and how it stands in bytes.
///
/// ```
///   RaftMessage ──RaftCodec──► envelope · RaftFrame (protobuf) ──► network
/// ```
///
/// Requests with entries, and answers to them, are written by the network itself, to where it sends
/// from. What was received is read where it stands, in an array that is only lent: the commands of
/// a request are copied out of it, together, and nothing else is.
///
/// Imports `log` for entries, and the generated `wire` classes, which nothing else may see.
package dev.nucleusdb.raft.message;
