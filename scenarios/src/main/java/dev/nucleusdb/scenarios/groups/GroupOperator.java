package dev.nucleusdb.scenarios.groups;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.List;

/// Moves groups: now and then one leaves a node that goes on with the others, and comes again some
/// time later, at the latest when chaos ends. Prefers nodes that the group has removed, but a
/// member may leave too, and a leader. In worlds whose mix has `churn`, or whose plan says so. Its
/// first deed is that every group is asked for something, so that all are founded: only then may a
/// node lose its disk. Its deeds are operations of the plan:
///
/// ```
///   operation/o1/1 at=0.5s do=wake           all groups are asked for something
///   operation/o1/3 at=9s do=leave:2:3:1500   group 2 leaves n3 for 1500 ms
/// ```
public final class GroupOperator {
  private static final Address ADDRESS = new Address("o1");
  private static final String WAKE = "wake";
  private static final String LEAVE = "leave:";
  private static final long MILLIS = 1_000_000;
  private static final long FOUNDING_NANOS = 500 * MILLIS;
  private static final double NANOS_PER_MINUTE = 60e9;
  private static final long AWAY_MILLIS_MIN = 10;
  private static final long AWAY_MILLIS_MAX = 6000;

  /// How often the one who moves is drawn anew if its node is a member of it.
  private static final int DRAWS = 3;

  private final World world;
  private final GroupedCluster cluster;
  private final int groupCount;
  private final long stopNanos;
  private final RandomSource random;

  /// Adds the operator to a world.
  ///
  /// @param groupCount groups from 1 to this
  /// @param stopNanos when all groups are back, in true time
  public GroupOperator(World world, GroupedCluster cluster, int groupCount, long stopNanos) {
    this.world = world;
    this.cluster = cluster;
    this.groupCount = groupCount;
    this.stopNanos = stopNanos;
    this.random = world.random("operator");
    List<PlanEntry> planned = world.plannedOperations(ADDRESS);
    if (planned != null) {
      planned.forEach(entry -> {
        Runnable deed = parse(entry.detail());
        world.schedule(entry.atNanos(), () -> act(entry.number(), entry.detail(), deed));
      });
    } else if (world.options().faults() instanceof FaultSource.Draw(FaultMix mix, var _)) {
      draw(mix);
    }
    world.schedule(stopNanos, cluster::joinAll);
  }

  private void draw(FaultMix mix) {
    if (mix.strengths().containsKey(FaultFamily.CHURN)
        || mix.strengths().containsKey(FaultFamily.WIPE)) {
      world.schedule(FOUNDING_NANOS, () -> act(1, WAKE, this::wakeAll));
    }
    if (mix.strengths().containsKey(FaultFamily.CHURN)) {
      next(2, FOUNDING_NANOS, mix.rate(FaultFamily.CHURN));
    }
  }

  private void next(long number, long afterNanos, double perMinute) {
    double minutes = -StrictMath.log(1 - random.nextDouble()) / perMinute;
    long at = afterNanos + (long) (minutes * NANOS_PER_MINUTE);
    if (at < stopNanos) {
      world.schedule(
          at,
          () -> {
            String words = drawLeaver();
            act(number, words, parse(words));
            next(number + 1, at, perMinute);
          });
    }
  }

  private String drawLeaver() {
    List<Integer> nodes = cluster.view(1).nodes();
    int group = 0;
    int node = 0;
    for (int draw = 0; draw < DRAWS && (draw == 0 || cluster.isMember(node, group)); draw++) {
      group = 1 + random.nextInt(groupCount);
      node = nodes.get(random.nextInt(nodes.size()));
    }
    return LEAVE + group + ":" + node + ":" + random.nextBetween(AWAY_MILLIS_MIN, AWAY_MILLIS_MAX);
  }

  private Runnable parse(String words) {
    if (words.equals(WAKE)) {
      return this::wakeAll;
    }
    require(
        words.matches(LEAVE + "\\d{1,4}:\\d{1,4}:\\d{1,6}"),
        "do=%s is no wake or leave:GROUP:NODE:MILLIS",
        words);
    String[] numbers = words.substring(LEAVE.length()).split(":", -1);
    int group = Integer.parseInt(numbers[0]);
    int node = Integer.parseInt(numbers[1]);
    long away = Long.parseLong(numbers[2]) * MILLIS;
    require(group >= 1 && group <= groupCount, "do=%s names no group", words);
    return () -> leave(group, node, away);
  }

  private void act(long number, String words, Runnable deed) {
    world.noteOperation(ADDRESS, number, world.nowNanos(), words);
    deed.run();
  }

  private void wakeAll() {
    for (int group = 1; group <= groupCount; group++) {
      cluster.wake(group);
    }
  }

  private void leave(int group, int node, long awayNanos) {
    cluster.leave(node, group);
    world.schedule(world.nowNanos() + awayNanos, () -> cluster.join(node, group));
  }
}
