package dev.nucleusdb.sim.fault;

import dev.nucleusdb.core.random.RandomSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Draws, before a world begins, all faults that happen at a moment. They depend on the seed, the
/// mix and the names of nodes and clients alone, never on what the nodes do. Each family has its
/// own stream, and each entry a fork of it.
///
/// @param root the stream of the world's faults
/// @param mix which families, and how hard
/// @param nodes the names of the nodes
/// @param clients the names of the clients
/// @param types what the scenario calls the kinds of its messages
/// @param chaosNanos faults begin before this moment
/// @param wallErrorNanos the error that wall clocks claim
public record FaultSchedule(
    RandomSource root,
    FaultMix mix,
    List<String> nodes,
    List<String> clients,
    List<String> types,
    long chaosNanos,
    long wallErrorNanos) {
  private static final double MINUTE = 60e9;
  private static final long DOWN_MIN = 20_000_000;

  /// All entries, in the order of their moments.
  public List<PlanEntry> draw() {
    List<PlanEntry> entries = new ArrayList<>();
    if (nodes.isEmpty()) {
      return entries;
    }
    for (FaultFamily family : mix.strengths().keySet()) {
      RandomSource stream = root.fork(family.label());
      if (family.domain() == FaultFamily.Domain.NETWORK && !network().isPossible(family)) {
        continue;
      }
      if (family == FaultFamily.SKEW || family == FaultFamily.DRIFT) {
        drawPerNode(family, stream, entries);
      } else if (family == FaultFamily.FAR) {
        drawPerPair(stream, entries);
      } else if (family.trigger() == FaultFamily.Trigger.SCHEDULED) {
        drawPerMinute(family, stream, entries);
      }
    }
    entries.sort(Comparator.comparingLong(PlanEntry::atNanos).thenComparing(PlanEntry::name));
    return entries;
  }

  private NetworkEntries network() {
    return new NetworkEntries(mix, nodes, clients, types);
  }

  private void drawPerNode(FaultFamily family, RandomSource stream, List<PlanEntry> entries) {
    for (String node : nodes) {
      RandomSource random = stream.fork(node);
      if (random.chance(mix.rate(family))) {
        long amount =
            family == FaultFamily.SKEW
                ? random.nextBetween(-wallErrorNanos / 2, wallErrorNanos / 2)
                : sign(random) * FaultRanges.nanos(random, 1_000, mix.sizeNanos(family));
        entries.add(new PlanEntry(family, node, 1, 0, 0, amount, ""));
      }
    }
  }

  /// Some pairs of nodes are far from each other as long as faults strike.
  private void drawPerPair(RandomSource stream, List<PlanEntry> entries) {
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = i + 1; j < nodes.size(); j++) {
        String pair = nodes.get(i) + '>' + nodes.get(j);
        RandomSource random = stream.fork(pair);
        if (random.chance(mix.rate(FaultFamily.FAR))) {
          long by = FaultRanges.nanos(random, 100_000, mix.sizeNanos(FaultFamily.FAR));
          entries.add(new PlanEntry(FaultFamily.FAR, pair, 1, 0, chaosNanos, by, ""));
        }
      }
    }
  }

  private void drawPerMinute(FaultFamily family, RandomSource stream, List<PlanEntry> entries) {
    double atNanos = 0;
    long number = 0;
    while (true) {
      RandomSource random = stream.fork(number + 1);
      atNanos += -StrictMath.log(1 - random.nextDouble()) * MINUTE / mix.rate(family);
      if (atNanos >= chaosNanos) {
        if (number > 0) {
          return;
        }
        // A family that was switched on happens at least once: a world must not be vacuous.
        atNanos = random.fork("once").nextDouble() * chaosNanos;
      }
      number++;
      long micros = (long) (atNanos / 1_000);
      long at = micros * 1_000;
      PlanEntry entry = entry(family, number, at, random);
      entries.add(entry);
      if (family == FaultFamily.CRASH && random.chance(0.2)) {
        number++;
        entries.add(again(entry, number, random));
      }
    }
  }

  /// A second crash, soon after the node is up again: in the middle of its recovery.
  private PlanEntry again(PlanEntry crash, long number, RandomSource random) {
    long at = crash.atNanos() + crash.forNanos() + random.nextBetween(0, 20_000_000);
    long down = FaultRanges.nanos(random, DOWN_MIN, mix.sizeNanos(FaultFamily.CRASH));
    return new PlanEntry(
        FaultFamily.CRASH,
        crash.target(),
        number,
        at,
        down,
        0,
        CrashMode.draw(random, mix).label());
  }

  private PlanEntry entry(FaultFamily family, long number, long at, RandomSource random) {
    return switch (family.domain()) {
      case NETWORK -> network().draw(family, number, at, random);
      case ORDER -> new OrderEntries(mix, nodes).draw(family, number, at, random);
      case LOAD -> throw new IllegalArgumentException(family + " is drawn by clients");
      case PROCESS, DISK, CLOCK -> new NodeEntries(mix, nodes).draw(family, number, at, random);
    };
  }

  private static int sign(RandomSource random) {
    return random.chance(0.5) ? 1 : -1;
  }
}
