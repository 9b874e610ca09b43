/// What a campaign looks for next: which states worlds have reached, which worlds are worth leaving
/// at a moment for another course, and which failures are the same.
///
/// ```
///   World ──trace──► ClusterStates ──new ones──► Corpus ──WorldChoice──► the next world
///   Violation ─────► FailureClass: one line per cause, not one per seed
/// ```
///
/// Imports `sim` and the trace kinds of Raft. No threads: campaigns are run by the command line.
package dev.nucleusdb.scenarios.search;
