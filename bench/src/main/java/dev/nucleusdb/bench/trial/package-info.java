/// Systems in turns, each in a JVM of its own for each round.
///
/// ```
///   Trials ──► for each round: DiskFloor, then for each Contestant:
///     Child: TrialMain load   three nodes in one JVM: closed loops, open loop, handovers ──► Samples
///     Child: TrialMain probe  three JVMs of one node; the leader's is killed             ──► Samples
///   PeerLibraries builds the adapters of the others when they are asked for
/// ```
///
/// Imports the other packages of `bench`.
package dev.nucleusdb.bench.trial;
