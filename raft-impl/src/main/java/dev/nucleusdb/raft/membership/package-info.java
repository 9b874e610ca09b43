/// Who votes, and what a majority of them is.
///
/// ```
///   Voters(n1 n2 n3 n4 n5) ──majority──► 3      majorityOf(match indices) ──► third largest
/// ```
///
/// Imports `core`.
package dev.nucleusdb.raft.membership;
