/// Clients that do something, and write down what they saw.
///
/// ```
///   KeyValueClients ──Operation──► DatabaseClient ──► cluster
///         │ invoke, ok, fail, unknown (true time)
///         ▼
///   History (for the judge) · OperationLog (for people)
/// ```
///
/// [LeadershipTransfers] asks for other leaders meanwhile, and [MembershipChanges] for other
/// members.
///
/// Imports `database`, `sim` and `linearizability.history`.
package dev.nucleusdb.scenarios.workload;
