/// `inspect`: looks at parts of the house from outside.
///
/// ```
///   folder of a store ──► bitcask.inspect ──► figures, findings, a repaired store
///   folder of another ──► bitcask.inspect ──► a new store
///   DIR/*.txt ──► raft.script ──► counts, what failed, exit code
/// ```
///
/// Imports `shell`, `bitcask` and `raft`.
package dev.nucleusdb.cli.inspect;
