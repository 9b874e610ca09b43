/// Levels of objects below linearizability, and how far a history is from it: sequential
/// consistency, causal memory, pipelined random access memory, the four session guarantees, bounded
/// staleness and k-atomicity.
///
/// ```
///   LevelReport report = LevelChecker.check(history, Models.named("kv"), Limits.defaults());
///   report.strongest()                  [CAUSAL]
///   report.of(Level.SEQUENTIAL)         Violated(…, Conflict(few operations))
///
///   History ─► LinearizabilityChecker ── valid ──► all levels hold
///                    │ not
///                    ▼
///                  Ladder ─► for each level that is open, look for its views
///                               ├─ found ─► View        (ViewVerifier replays it)
///                               └─ none ──► Conflict    (LevelShrinker)
/// ```
///
/// Each level is defined by views: orders of operations that a sequential object would have
/// answered in the same way, and that respect a part of what clients did and saw one after another.
/// So one search serves all levels, and a level implies another because its views respect more.
///
/// A client's order is that of its operations of which one had returned before the other was
/// invoked, by the clock; two that touch are in no order, as for linearizability. Operations of
/// unknown outcome may be in a view or not.
///
/// Imports the root package, `history`, `model`, `reader`, `search` and `view`. Read on in
/// [dev.nucleusdb.linearizability.level.Level] and `Ladder`, then in the package `view`.
package dev.nucleusdb.linearizability.level;
