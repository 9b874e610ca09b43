package dev.nucleusdb.bench.nucleus;

import dev.nucleusdb.bench.system.Place;
import dev.nucleusdb.bench.system.RaftNode;
import dev.nucleusdb.bench.system.RaftSystem;
import java.util.function.UnaryOperator;

/// Ours.
public final class NucleusSystem implements RaftSystem {
  @Override
  public RaftNode start(Place place) {
    return NucleusNode.start(place, UnaryOperator.identity());
  }
}
