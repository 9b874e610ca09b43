/// Judges transactions whose snapshot and commit timestamps are known, in linear time: the
/// timestamps say in which order everything happened, so the rest is looking it up.
///
/// ```
///   key x:   commit 3: [1]      commit 7: [1 2]       commit 9: [1 2 5]
///                        ▲                 ▲
///            snapshot 5 reads [1]      snapshot 7 reads [1 2]
/// ```
///
/// A pass is a proof, whether or not the system really used the timestamps. A failure means that
/// the timestamps do not explain the history; others might.
///
/// Imports `isolation.level` and `isolation.transaction`. Read on in
/// [dev.nucleusdb.linearizability.isolation.timestamp.TimestampAnalysis].
package dev.nucleusdb.linearizability.isolation.timestamp;
