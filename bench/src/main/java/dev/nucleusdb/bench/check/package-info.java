/// What the judges of histories are measured on, and by.
///
/// ```
///   HistoryLoad (seed) ─► History ─┐
///   a folder of files ─────────────┼─► CheckTrial ─► CheckFigure: verdict, steps, times
///   TransactionLoad (seed) ────────┘
/// ```
///
/// Imports the judges of `linearizability`. Read on in [dev.nucleusdb.bench.check.HistoryLoad].
package dev.nucleusdb.bench.check;
