/// What lists that grow at their end tell about transactions (Kingsbury and Alvaro, VLDB 2020): a
/// read shows the order of all appends before it, so the dependencies between transactions are
/// known and need no search.
///
/// ```
///   TransactionHistory ─► StepsByKey ─► ListOrders: per key the longest read, whose elements
///                                           │       are the versions, and who appended each
///                                           ▼
///                                       ListEdges:  per key ww, wr, rw; what is wrong without
///                                           │       any cycle
///                                           ▼
///                                       AppendAnalysis ─► DependencyGraph, VersionOrders, Findings
/// ```
///
/// Imports `isolation.cycle`, `isolation.level` and `isolation.transaction`. Read on in
/// `ListEdges`.
package dev.nucleusdb.linearizability.isolation.append;
