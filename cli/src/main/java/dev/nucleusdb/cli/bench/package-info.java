/// `bench`: figures.
///
/// ```
///   BenchCommand sim      ──► Campaign on one thread, CPU time
///   BenchWritesCommand    ──► BenchWriter per session ──► cluster; then reads everything back
/// ```
///
/// Imports `shell`, `simulate` and the client.
package dev.nucleusdb.cli.bench;
