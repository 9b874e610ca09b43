/// `check`: judges a history file.
///
/// ```
///   file ──► LinearizabilityChecker ──► report, exit code
///                  │        └─ --report ─────────► ReportFile ──► page or drawing
///                  └────────── --second-opinion ─► SecondOpinion ─► KnossosHistory (EDN)
///                                                                └► KnossosProcess (a JVM of its own)
/// ```
///
/// Imports `shell` and `linearizability`. Knossos is never on our class path: a script of Clojure
/// asks it in another process.
package dev.nucleusdb.cli.check;
