/// Histories of transactions, in arrays of numbers: a million transactions take some hundred
/// megabytes, and a judge walks through them in order.
///
/// ```
///   transaction   0        1     2           sorted by invocation
///   firstStep     0        3     4        6
///                 |        |     |        |
///   step kind     A  R  A  R     W  R           append, read, write, predicate read
///   step key      0  1  0  1     2  2           index of the key's name
///   step content  |  |                          value, or a range of `elements`
/// ```
///
/// Imports `history`. Read on in
/// [dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory].
package dev.nucleusdb.linearizability.isolation.transaction;
