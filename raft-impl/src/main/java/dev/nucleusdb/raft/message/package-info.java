/// What members say to each other, and how it stands in bytes.
///
/// ```
///   RaftMessage ──RaftCodec──► envelope · RaftFrame (protobuf) ──► network
/// ```
///
/// Imports `log` for entries, and the generated `wire` classes, which nothing else may see.
package dev.nucleusdb.raft.message;
