/// The graph of what depends on what, and the cycles in it that isolation levels forbid.
///
/// ```
///   EdgeCollector ─► DependencyGraph ─► SerialOrder ────► an order of all: everything holds
///                                            │ some are left over
///                                            ▼
///                    Components (of all edges, once) ─► induced graph of what lies on cycles
///                                            │
///                         CycleJudge: per level a CycleShape ─► ShortestCycle ─► Finding
/// ```
///
/// Real time needs no edges: transactions are numbered by invocation, so what follows a return in
/// real time is all numbers from one on.
///
/// Imports `isolation.level` and `isolation.transaction`. Read on in
/// [dev.nucleusdb.linearizability.isolation.cycle.DependencyGraph].
package dev.nucleusdb.linearizability.isolation.cycle;
