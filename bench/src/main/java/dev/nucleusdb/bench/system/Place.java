package dev.nucleusdb.bench.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Where a node is to run.
///
/// @param index 0, 1 or 2
/// @param ports those of all three nodes on 127.0.0.1, by index
/// @param folder for its files; may hold what an earlier run left there
/// @param electionTimeout the shortest silence of a leader before an election; the longest is twice
///   that
public record Place(int index, List<Integer> ports, Path folder, Duration electionTimeout) {
  /// The port of this node.
  public int port() {
    return ports.get(index);
  }

  /// `127.0.0.1:port` of a node.
  public String address(int node) {
    return "127.0.0.1:" + ports.get(node);
  }
}
