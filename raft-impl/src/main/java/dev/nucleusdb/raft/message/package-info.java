/// What members say to each other, and how it stands in bytes.
///
/// ```
///   RaftMessage ──RaftCodec──► envelope · RaftFrame (protobuf) ──► network
/// ```
///
/// Requests with entries are written by the network itself, to where it sends from; the entries of
/// one that was received stay in its array.
///
/// Imports `log` for entries, and the generated `wire` classes, which nothing else may see.
package dev.nucleusdb.raft.message;
