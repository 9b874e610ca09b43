package dev.nucleusdb.peers.microraft;

import io.microraft.RaftEndpoint;

/// A node, by the index of its place.
///
/// @param index 0, 1 or 2
record Endpoint(int index) implements RaftEndpoint {
  @Override
  public Object getId() {
    return index;
  }

  static int indexOf(RaftEndpoint endpoint) {
    return ((Endpoint) endpoint).index();
  }
}
