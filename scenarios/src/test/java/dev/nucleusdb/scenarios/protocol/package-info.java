/// Whether what simulated groups do is allowed by the specification in `docs/protocol/Raft.tla`.
///
/// ```
///   World ─trace─► GroupHistory ─SpecEvent*─► SpecWindow ─module─► ModelChecker (TLC in a JVM of its own)
/// ```
package dev.nucleusdb.scenarios.protocol;
