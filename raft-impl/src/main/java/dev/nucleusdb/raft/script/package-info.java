/// Scripts in the form of etcd's data-driven tests of quorums and configuration changes, run
/// against [dev.nucleusdb.raft.membership].
///
/// ```
///   text ──Directives──► command, arguments, body, expected output
///                              │
///          QuorumScript: committed, vote    ChangeScript: simple, enter-joint, leave-joint
///                              └──► ScriptRun: passed, failed with file and line
/// ```
///
/// Verdicts are compared, not drawings. Imports `core.node` and `membership`. Read [ScriptRun].
package dev.nucleusdb.raft.script;
