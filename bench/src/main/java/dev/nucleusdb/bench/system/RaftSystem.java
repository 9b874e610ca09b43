package dev.nucleusdb.bench.system;

/// A Raft implementation. Has a public constructor without parameters.
public interface RaftSystem {

  /// Starts one node of a group of three, over loopback TCP, with log and vote synced to the disk
  /// before they count. Its election timeouts are those of the place, as far as the system can be
  /// told so. Returns when it takes part.
  ///
  /// @throws Exception if it cannot start
  RaftNode start(Place place) throws Exception;
}
