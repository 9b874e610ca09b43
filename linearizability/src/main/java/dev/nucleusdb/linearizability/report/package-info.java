/// Says a verdict to a person in plain text, with a drawing.
///
/// ```
///   Verdict ───────► VerdictReport ─► LaneDrawing     |-put x 1-|
///   StreamVerdict ─► StreamReport                                  |-get x -> 0-|
///   LevelReport ───► LevelText
/// ```
///
/// Imports the root package, `history`, `level`, `stream` and `report.part`. Read on in
/// [dev.nucleusdb.linearizability.report.VerdictReport].
package dev.nucleusdb.linearizability.report;
