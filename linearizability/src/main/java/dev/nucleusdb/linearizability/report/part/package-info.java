/// What texts, pages and drawings share.
///
/// ```
///   action, state, value ─► Label       one line, not too long
///   verdict, reason ──────► Words       a sentence
///   level, its verdict ───► LevelWords   a sentence, a cell of a table
///   operations ───────────► LaneLayout  who stands where, in columns
/// ```
///
/// Imports the root package, `history`, `level` and `stream`. Read on in
/// [dev.nucleusdb.linearizability.report.part.Words].
package dev.nucleusdb.linearizability.report.part;
