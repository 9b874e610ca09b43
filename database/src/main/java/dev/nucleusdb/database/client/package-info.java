/// The client: finds the leader, tries again, and makes every write take effect at most once.
///
/// ```
///   execute(op) ──► session open? ──► request ──► leader ──► Ok
///                        ▲               │ NotLeader, silence: next node, same session and number
///                        └───────────────┘ too long: Failed if certainly not done, else Unknown
/// ```
///
/// Imports `api`, `gateway` and the seams of `core`: the same class runs in a simulation and in the
/// command line.
package dev.nucleusdb.database.client;
