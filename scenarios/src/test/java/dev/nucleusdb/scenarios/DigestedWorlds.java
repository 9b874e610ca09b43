package dev.nucleusdb.scenarios;

import dev.nucleusdb.sim.trace.WorldObserver;
import java.util.List;

/// Short worlds of the default scenario, for tests in other packages.
public final class DigestedWorlds {
  private DigestedWorlds() {}

  /// A world of 20 s with five nodes, watched by somebody.
  public static WorldResult run(long seed, WorldObserver observer) {
    return new ReplicatedKeyValue().run(DigestProgram.options(5, 6), seed, null, List.of(observer));
  }
}
