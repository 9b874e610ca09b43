/// Kinds of histories that need no search: registers whose values are written once, keys that tell
/// their revisions, queues whose elements are enqueued once.
///
/// ```
///   operations of one object ─► SpecialCase ─► Order ────► replayed by the judge ──► valid
///                                   │                          └ does not hold ──► search
///                                   ├────────► Conflict ─► searched alone ─────────► invalid
///                                   │                          └ has an order ───► search
///                                   └────────► Nothing ────────────────────────────► search
/// ```
///
/// Several published algorithms of this kind were wrong, so what a special case says is a proposal:
/// a mistake in here costs time and never a verdict.
///
/// Imports `history` and `model`. Read on in [dev.nucleusdb.linearizability.special.UniqueWrites].
package dev.nucleusdb.linearizability.special;
