/// The judges of transactions: which isolation levels does a history satisfy?
///
/// ```
///   TransactionHistory history = TransactionReader.read(file, ReadOptions.defaults());
///   IsolationVerdict   verdict = TransactionChecker.checkLists(history, Patience.endless());
///   String             text    = TransactionReport.text(verdict, IsolationLevel.STRICT_SERIALIZABLE);
///
///   history ─► append: lists   ─► cycle: graph, levels ─┐
///           ─► register        ─────────────────────────┼─► IsolationVerdict ─► verify: each edge of a
///           ─► timestamp       ─────────────────────────┘   all 24 levels       cycle, each serial order
/// ```
///
/// Imports the packages below it. Read on in
/// [dev.nucleusdb.linearizability.isolation.TransactionChecker].
package dev.nucleusdb.linearizability.isolation;
