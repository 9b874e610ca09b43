/// What is done by hand when a majority is lost for good.
///
/// ```
///   folder of a node that is down ──open──► Survivor ──compare, report──► becomeCluster ──► (1) alone
/// ```
///
/// Imports `log` and `membership`. The command is `nucleus client admin recover`.
package dev.nucleusdb.raft.recovery;
