/// Assertions on histories for tests, whatever framework runs them.
///
/// ```
///   assertThat(history).isLinearizable(model)
///          │                    └ not so: AssertionError with the verdict in words and a drawing
///          └ HistoryAssert
/// ```
///
/// Imports the root package, `history`, `model` and `report`. Read on in
/// [dev.nucleusdb.linearizability.assertion.HistoryAssert].
package dev.nucleusdb.linearizability.assertion;
