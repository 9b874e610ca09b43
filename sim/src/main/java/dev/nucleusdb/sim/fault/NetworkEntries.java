package dev.nucleusdb.sim.fault;

import dev.nucleusdb.core.random.RandomSource;
import java.util.ArrayList;
import java.util.List;

/// Draws the entries of network faults that happen at a moment.
///
/// @param mix how hard each family strikes
/// @param nodes the names of the nodes
/// @param clients the names of the clients
record NetworkEntries(FaultMix mix, List<String> nodes, List<String> clients) {
  private static final long LENGTH_MIN = 10_000_000;

  /// @param number which entry of the family
  /// @param at when it begins
  /// @param random the entry's own stream
  PlanEntry draw(FaultFamily family, long number, long at, RandomSource random) {
    long size = mix.sizeNanos(family);
    return switch (family) {
      case PARTITION ->
          new PlanEntry(family, "", number, at, length(random, size), 0, sides(random));
      case ONE_WAY -> new PlanEntry(family, "", number, at, length(random, size), 0, cut(random));
      case CLOG -> new PlanEntry(family, link(random), number, at, length(random, size), 0, "");
      default -> throw new IllegalArgumentException(family + " does not happen at a moment");
    };
  }

  private String sides(RandomSource random) {
    List<String> left = new ArrayList<>();
    List<String> right = new ArrayList<>();
    if (random.chance(0.4)) {
      right.addAll(nodes);
      left.add(right.remove(random.nextInt(right.size())));
    } else {
      nodes.forEach(node -> (random.chance(0.5) ? left : right).add(node));
    }
    if (random.chance(0.5)) {
      clients.forEach(client -> (random.chance(0.5) ? left : right).add(client));
    }
    return String.join(",", left) + '|' + String.join(",", right);
  }

  private String cut(RandomSource random) {
    List<String> rest = new ArrayList<>(nodes);
    String one = rest.remove(random.nextInt(rest.size()));
    if (rest.isEmpty() || random.chance(0.3)) {
      rest.addAll(clients);
    }
    if (rest.size() > 1 && random.chance(0.5)) {
      rest = List.of(rest.get(random.nextInt(rest.size())));
    }
    String others = String.join(",", rest);
    return random.chance(0.5) ? one + '>' + others : others + '>' + one;
  }

  private String link(RandomSource random) {
    List<String> all = new ArrayList<>(nodes);
    all.addAll(clients);
    String from = all.remove(random.nextInt(all.size()));
    return from + '>' + (all.isEmpty() ? from : all.get(random.nextInt(all.size())));
  }

  private static long length(RandomSource random, long size) {
    return FaultRanges.nanos(random, LENGTH_MIN, size);
  }
}
