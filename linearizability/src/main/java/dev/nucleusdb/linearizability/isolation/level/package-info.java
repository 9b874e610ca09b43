/// Isolation levels, and the anomalies that they forbid.
///
/// ```
///   serializable ──► snapshot-isolation ──► parallel-snapshot-isolation ──► causal ──► read-atomic
///        │                                                                                 │
///        └─────────► repeatable-read ───────────────────────────► read-committed ◄─────────┘
///                                                                       │
///   strict/strong X ──► strong-session-X ──► X                          └──► read-uncommitted
/// ```
///
/// An arrow leads from a level to one that it implies. Each of the eight exists three times: as
/// such, with session order, and with real time.
///
/// Imports nothing. Read on in [dev.nucleusdb.linearizability.isolation.level.IsolationLevel].
package dev.nucleusdb.linearizability.isolation.level;
