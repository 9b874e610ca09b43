/// Why a world is broken, in a few lines that a person reads without knowing the code.
///
/// ```
///   WorldResult, Recording ──► Focus: whom and what the violation speaks of
///                                │
///                CausalSlice ────┴──► Story: faults, turns and messages that led there
///                                                                        ├──► Explanation
///   GoodRun: the same world without ──► Departure: the first step that ──┘
///            the bug, or one fault       differs
/// ```
///
/// Imports `scenarios`, `scenarios.workload`, `sim`, `raft`, `database` and `linearizability`. Read
/// [Explanation], then [Story].
package dev.nucleusdb.scenarios.explain;
