/// Records what the threads of a real program do, for a judge.
///
/// ```
///   thread ─► Client ─► invoke: stamp, fence ─► the operation ─► fence, stamp: ok, fail, info
///                                                                     │
///   HistoryRecorder.history() ◄── operations of all clients, by invocation
/// ```
///
/// Imports `history`. Read on in [dev.nucleusdb.linearizability.recorder.HistoryRecorder].
package dev.nucleusdb.linearizability.recorder;
