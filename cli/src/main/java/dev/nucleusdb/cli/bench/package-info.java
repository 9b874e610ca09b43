/// `bench`: figures.
///
/// ```
///   BenchCommand sim      ──► Campaign on one thread, CPU time
///   BenchWritesCommand    ──► BenchWriter per session ──► cluster; then reads everything back
///   BenchRaftCommand     ──► Trials of `bench.trial`: ours and others in JVMs of their own
/// ```
///
/// Imports `shell`, `bench.trial`, the scenarios and the client.
package dev.nucleusdb.cli.bench;
