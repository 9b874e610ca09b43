/// Views: orders of operations that explain what a client saw, or all of them, and that respect
/// what clients did one after another. The levels of objects are defined by them.
///
/// ```
///   operations ─► Program                  who did what; which update can it have seen?
///   ViewOrder ──────┤
///                   ▼
///               ViewGraph ─► Saturation    who must come before whom; what follows from that
///                               │
///                               ▼
///   ViewGuard ─► PartialOrderSearch ─► Finding
/// ```
///
/// Where answers tell which updates they reflect, as those of registers do, causality is that of
/// causal memory. Where they do not, `Delivery` may still prove it.
///
/// Imports the root package, `history`, `model` and `search`. Read on in
/// [dev.nucleusdb.linearizability.view.ViewOrder] and
/// [dev.nucleusdb.linearizability.view.ViewJudge].
package dev.nucleusdb.linearizability.view;
