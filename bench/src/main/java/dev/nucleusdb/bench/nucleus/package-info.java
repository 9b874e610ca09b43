/// Ours, wired as `nucleus serve` wires it, up to `ReplicatedLog.propose`; above it a state machine
/// that only counts.
///
/// ```
///   NucleusSystem ──► NucleusNode ──► RaftMember ──► NodeThread, FileDisk, NettyNetwork
/// ```
///
/// Imports `bench.system`, `raft`, `netty` and the real seams of `core`.
package dev.nucleusdb.bench.nucleus;
