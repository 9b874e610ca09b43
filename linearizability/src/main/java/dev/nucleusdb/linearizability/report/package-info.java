/// Says a verdict to a person, in plain text.
///
/// ```
///   INVALID: no order of operations explains what was seen of key x
///
///     process 0  |-put x 1-|
///     process 1              |-get x -> 0-|
///                ──────────────────────────► time
///
///   When "get x -> 0" returned, x could only be 1.
/// ```
///
/// Imports the root package, `history` and `level`. Read on in
/// [dev.nucleusdb.linearizability.report.LaneDrawing].
package dev.nucleusdb.linearizability.report;
