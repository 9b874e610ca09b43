/// Who takes part, who votes, and how that changes.
///
/// ```
///   Configuration   incoming (1 2 3) && outgoing (1 4)   learners (5)
///        │ vote, reached: a majority of each half
///        └─ConfigurationChange─► the next Configuration, or why not
/// ```
///
/// Imports `core`.
package dev.nucleusdb.raft.membership;
