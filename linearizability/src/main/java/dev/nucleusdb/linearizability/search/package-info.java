/// The search for an order of one object's operations, and what makes it short: operations that are
/// placed as soon as they may be, crashed operations that are interchangeable, configurations that
/// another one dominates.
///
/// ```
///   operations ─► Timeline (calls and returns, classes, guards) ─┐
///   Model ──────► Transitions (states numbered, steps known) ────┼─► Search ─► order, or the last
///   Limits ─────► Budget ────────────────────────────────────────┘             return that blocked
/// ```
///
/// Imports `history` and `model`. Read on in [dev.nucleusdb.linearizability.search.Search].
package dev.nucleusdb.linearizability.search;
