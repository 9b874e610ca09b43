/// Networks that betray who relies on them: they change what a node says or hears.
///
/// ```
///   NodeContext ──wrapped──► ForgedMessages ──other words──► the world's network
/// ```
///
/// Imports core and Raft's messages.
package dev.nucleusdb.scenarios.bug.network;
