/// What texts, pages and drawings share.
///
/// ```
///   action, state, value ─► Label       one line, not too long
///   verdict, reason ──────► Words       a sentence
///   operations ───────────► LaneLayout  who stands where, in columns
/// ```
///
/// Imports the root package and `history`. Read on in
/// [dev.nucleusdb.linearizability.report.part.Words].
package dev.nucleusdb.linearizability.report.part;
