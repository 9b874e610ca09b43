/// Apache Ratis on the stand.
///
/// ```
///   RatisSystem ──► RaftServer (gRPC over TCP, segmented log) ──► RatisNode
/// ```
///
/// Imports `bench.system` and Ratis.
@org.jspecify.annotations.NullMarked
package dev.nucleusdb.peers.ratis;
