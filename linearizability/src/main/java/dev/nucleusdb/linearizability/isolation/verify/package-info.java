/// Checks what the judges of transactions say, from the raw history alone: whoever doubts a judge
/// reads these few lines and not it.
///
/// ```
///   a cycle         ─► CycleVerifier        each edge again, and that the shape is forbidden
///   a serial order  ─► SerialOrderVerifier  replays all transactions on empty lists or registers
///   anything else   ─► ReadVerifier         the reads of lists that are said to be wrong
///
///   registers: a cycle ► InferenceVerifier  each edge again from who read what
///              a read  ► RegisterVerifier   as of lists
///              no order► OrderVerifier      searches through all of them
///   timestamps         ► TimestampVerifier  compares again, by definition
/// ```
///
/// Imports `isolation.level` and `isolation.transaction`. Read on in
/// [dev.nucleusdb.linearizability.isolation.verify.SerialOrderVerifier].
package dev.nucleusdb.linearizability.isolation.verify;
