/// `inspect`: looks at parts of the house from outside.
///
/// ```
///   DIR/*.txt ──► raft.script ──► counts, what failed, exit code
/// ```
///
/// Imports `shell` and `raft`.
package dev.nucleusdb.cli.inspect;
