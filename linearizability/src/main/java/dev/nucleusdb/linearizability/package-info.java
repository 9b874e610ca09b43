/// The judge of linearizability (Herlihy and Wing 1990): is there one order of all operations, true
/// to real time, that a sequential object would have answered in the same way?
///
/// ```
///   History history = HistoryReader.read(file, ReadOptions.defaults());        or History.builder()
///   Verdict verdict = LinearizabilityChecker.check(history, Models.named("kv"), Limits.defaults());
///   String  text    = VerdictReport.text(verdict);
///
///   History ─► one object each ─┬► SpecialCase: an order, or a conflict, as a proposal
///                               └► Search ─► order found ────► Valid    (WitnessVerifier replays it)
///                                    ├─────► none exists ────► Invalid  (Minimizer shrinks it, and
///                                    │                           ContradictionVerifier looks again)
///                                    └─────► limit reached ──► Unknown
///
///   level      what it keeps if it is not linearizable     stream     judges while it grows
///   isolation  transactions                                recorder   records real threads
///   report     in words, as a page, as a drawing           assertion  for tests
/// ```
///
/// Or in one call, with every complaint naming its line: `LinearizabilityChecker.checkFile`.
///
/// The search is exact: it never calls a history valid or invalid that is not. It runs in the
/// calling thread, draws nothing at random, and reads no clock but the one it is given, so a
/// simulated run may contain it.
///
/// Imports `history`, `model`, `reader`, `search` and `special`. Read on in `Timeline`, `Search`
/// and `VisitedConfigurations`, in this order.
package dev.nucleusdb.linearizability;
