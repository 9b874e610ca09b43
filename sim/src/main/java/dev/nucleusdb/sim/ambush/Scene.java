package dev.nucleusdb.sim.ambush;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultRanges;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.ArrayList;
import java.util.List;

/// What an [Ambush] sees when it may spring, and what it makes entries of. The entries have no
/// numbers of their own yet.
///
/// @param node who has passed the place; empty at the beginning of the world
/// @param nodes the names of all nodes
/// @param clients the names of all clients
/// @param nowNanos the moment, in true time
/// @param endNanos when faults end, in true time
/// @param random a stream for this time alone
public record Scene(
    String node,
    List<String> nodes,
    List<String> clients,
    long nowNanos,
    long endNanos,
    RandomSource random) {
  /// What stands before the place of a bit that was written not long ago.
  public static final String YOUNG = "young:";

  private static final long MILLISECOND = 1_000_000;

  /// A time between two others, evenly over its order of magnitude. From 0 is from a tenth of a
  /// millisecond on.
  public long between(long millisMin, long millisMax) {
    long min = Math.max(millisMin * MILLISECOND, MILLISECOND / 10);
    return FaultRanges.nanos(random, min, millisMax * MILLISECOND);
  }

  /// All nodes but some.
  public List<String> others(List<String> some) {
    return nodes.stream().filter(name -> !some.contains(name)).toList();
  }

  /// Some of a list, in an order of their own.
  public List<String> some(List<String> all, int count) {
    List<String> rest = new ArrayList<>(all);
    List<String> chosen = new ArrayList<>();
    while (chosen.size() < count && !rest.isEmpty()) {
      chosen.add(rest.remove(random.nextInt(rest.size())));
    }
    return chosen;
  }

  /// A fault some time from now.
  ///
  /// @param target whom it strikes; empty if that is part of the detail
  /// @param afterNanos when it begins, from now
  /// @param forNanos how long it lasts, or the node stays down
  public PlanEntry entry(
      FaultFamily family, String target, long afterNanos, long forNanos, String detail) {
    // An odd number of nanoseconds: nothing else is due then, neither now nor in a replay.
    long odd = random.nextInt(500) * 2L + 1;
    return new PlanEntry(family, target, 1, nowNanos + afterNanos + odd, forNanos, 0, detail);
  }

  /// The nodes fall into two groups that do not hear each other.
  ///
  /// @param clientShare how many clients fall into either group; the others reach both
  public PlanEntry partition(
      List<String> side, double clientShare, long afterNanos, long forNanos) {
    List<String> left = new ArrayList<>(side);
    List<String> right = new ArrayList<>(others(side));
    for (String client : clients) {
      if (random.chance(clientShare)) {
        (random.chance(0.5) ? left : right).add(client);
      }
    }
    String sides = String.join(",", left) + '|' + String.join(",", right);
    return entry(FaultFamily.PARTITION, "", afterNanos, forNanos, sides);
  }

  /// A node loses power.
  ///
  /// @param torn whether pages may tear
  public PlanEntry crash(String name, boolean torn, long afterNanos, long downNanos) {
    CrashMode[] modes = CrashMode.values();
    CrashMode mode = modes[random.nextInt(torn ? modes.length : modes.length - 1)];
    return entry(FaultFamily.CRASH, name, afterNanos, downNanos, mode.label());
  }

  /// A bit of what is on a node's platter flips.
  ///
  /// @param young whether it is one of those that were written last
  public PlanEntry rot(String name, boolean young, long afterNanos) {
    String place = Double.toString(random.nextInt(1_000_000) / 1e6);
    return entry(FaultFamily.BIT_ROT, name, afterNanos, 0, young ? YOUNG + place : place);
  }
}
