/// The node: clients on one side, the replicated log on the other, the store underneath.
///
/// ```
///   client ──Request──► DatabaseNode ──propose──► ReplicatedLog
///                            ▲                         │ committed
///                            │ Answer                  ▼
///                            └──────── KeyValueMachine.apply ──batch──► StorageEngine
///   reads: ReplicatedLog.read ──ready──► KeyValueMachine.read
/// ```
///
/// Imports `api`, `gateway` and the ports of `core`. Read [DatabaseNode], then [KeyValueMachine].
package dev.nucleusdb.database.node;
