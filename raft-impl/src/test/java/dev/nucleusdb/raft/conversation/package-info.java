/// Conversations: a few members of one group, driven step by step from a text file, without
/// network, disk or clock of their own.
///
/// ```
///   # why this matters
///   tick n1                      commands, one or more lines
///   ----
///   n1 is pre-candidate …        everything that they caused, in order
/// ```
///
/// `-Dconversations.rewrite=true` writes what was seen into the files; the diff is the review.
/// [Cluster] documents the commands.
package dev.nucleusdb.raft.conversation;
