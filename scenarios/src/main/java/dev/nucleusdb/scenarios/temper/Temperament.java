package dev.nucleusdb.scenarios.temper;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.ambush.Ambush;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import java.util.List;
import java.util.Set;

/// A class of trouble that data centres know, in which one fault comes with, or because of, another
/// one or a state of the system. Independent faults meet in that way too seldom.
interface Temperament {
  /// What it is called.
  String name();

  /// What it cannot do without. What else it would strike with is left out where it may not strike.
  Set<FaultFamily> families();

  /// The mix of a world of this temperament.
  ///
  /// @param drawn what is left of the seed's own mix
  default FaultMix shape(FaultMix drawn, RandomSource random) {
    return drawn;
  }

  /// What waits in a world of this temperament.
  List<Ambush> ambushes(RandomSource random);
}
