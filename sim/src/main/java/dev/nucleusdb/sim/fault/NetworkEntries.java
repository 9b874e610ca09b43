package dev.nucleusdb.sim.fault;

import dev.nucleusdb.core.random.RandomSource;
import java.util.ArrayList;
import java.util.List;

/// Draws the entries of network faults that happen at a moment.
///
/// @param mix how hard each family strikes
/// @param nodes the names of the nodes
/// @param clients the names of the clients
/// @param types what the scenario calls the kinds of its messages
record NetworkEntries(FaultMix mix, List<String> nodes, List<String> clients, List<String> types) {
  private static final long LENGTH_MIN = 10_000_000;
  private static final long SECOND = 1_000_000_000;
  private static final long FLAP_MIN = SECOND / 5;
  private static final long FLAP_MAX = 4 * SECOND;
  private static final int BYTES_PER_SECOND_MIN = 5_000;
  private static final int BYTES_PER_SECOND_MAX = 500_000;

  /// Whether a world has enough nodes, clients and kinds of messages for the family.
  boolean isPossible(FaultFamily family) {
    return switch (family) {
      case PARTITION, ONE_WAY, CLOG, RESET, HALF_OPEN, HALF_CLOSE, FLAP, BANDWIDTH, QUEUE ->
          nodes.size() + clients.size() >= 2;
      case TYPED_LOSS, TYPED_DELAY -> nodes.size() + clients.size() >= 2 && !types.isEmpty();
      case BRIDGE, PARTIAL -> nodes.size() >= 3;
      case RING -> nodes.size() >= 4;
      case ISOLATE_LEADER -> nodes.size() >= 2;
      default -> true;
    };
  }

  /// @param number which entry of the family
  /// @param at when it begins
  /// @param random the entry's own stream
  PlanEntry draw(FaultFamily family, long number, long at, RandomSource random) {
    long size = mix.sizeNanos(family);
    return switch (family) {
      case PARTITION ->
          new PlanEntry(family, "", number, at, length(random, size), 0, sides(random));
      case ONE_WAY -> new PlanEntry(family, "", number, at, length(random, size), 0, cut(random));
      case CLOG, RESET, HALF_OPEN, HALF_CLOSE ->
          new PlanEntry(family, link(random), number, at, length(random, size), 0, "");
      case REFUSE -> new PlanEntry(family, node(random), number, at, length(random, size), 0, "");
      case ISOLATE_LEADER -> new PlanEntry(family, "", number, at, length(random, size), 0, "");
      case BRIDGE -> new PlanEntry(family, "", number, at, length(random, size), 0, bridge(random));
      case RING -> new PlanEntry(family, "", number, at, length(random, size), 0, ring(random));
      case PARTIAL -> new PlanEntry(family, "", number, at, length(random, size), 0, pair(random));
      case FLAP -> {
        long length = FaultRanges.nanos(random, FLAP_MIN, size);
        long period = FaultRanges.nanos(random, FLAP_MIN, FLAP_MAX);
        yield new PlanEntry(family, "", number, at, length, period, sides(random));
      }
      case CLOG_NODE, BANDWIDTH, QUEUE, TYPED_LOSS, TYPED_DELAY, SWIZZLE ->
          traffic(family, number, at, random);
      default -> throw new IllegalArgumentException(family + " does not happen at a moment");
    };
  }

  /// Entries that say in their detail what they do to messages.
  private PlanEntry traffic(FaultFamily family, long number, long at, RandomSource random) {
    long size = mix.sizeNanos(family);
    long length = length(random, family == FaultFamily.TYPED_DELAY ? 8 * SECOND : size);
    return switch (family) {
      case CLOG_NODE -> {
        String ways = List.of("in", "out", "both").get(random.nextInt(3));
        yield new PlanEntry(family, node(random), number, at, length, 0, ways);
      }
      case BANDWIDTH -> {
        long rate =
            (long) FaultRanges.logarithmic(random, BYTES_PER_SECOND_MIN, BYTES_PER_SECOND_MAX);
        yield new PlanEntry(family, nodeOrLink(random), number, at, length, 0, Long.toString(rate));
      }
      case QUEUE -> {
        String capacity = Long.toString(random.nextBetween(2, 20));
        yield new PlanEntry(family, nodeOrLink(random), number, at, length, 0, capacity);
      }
      case TYPED_LOSS ->
          new PlanEntry(family, nodeOrLink(random), number, at, length, 0, type(random));
      case TYPED_DELAY -> {
        long by = FaultRanges.nanos(random, 1_000_000, size);
        yield new PlanEntry(family, nodeOrLink(random), number, at, length, by, type(random));
      }
      case SWIZZLE -> new PlanEntry(family, "", number, at, length, 0, turns(random, length));
      default -> throw new IllegalArgumentException(family + " does nothing to messages");
    };
  }

  private String node(RandomSource random) {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private String type(RandomSource random) {
    return types.get(random.nextInt(types.size()));
  }

  private String nodeOrLink(RandomSource random) {
    return random.chance(0.5) ? node(random) : link(random);
  }

  /// About half of the nodes, each with the moments at which it is clogged and let go: independent
  /// of each other, so that the two orders differ.
  private String turns(RandomSource random, long length) {
    List<String> clogged = new ArrayList<>(nodes);
    while (clogged.size() > Math.max(1, (nodes.size() + 1) / 2)) {
      clogged.remove(random.nextInt(clogged.size()));
    }
    List<String> turns = new ArrayList<>();
    for (String node : clogged) {
      long begin = random.nextBetween(0, length / 2_000) * 1_000;
      long end = random.nextBetween(length / 2_000, length / 1_000) * 1_000;
      turns.add(node + ':' + Seconds.format(begin) + ':' + Seconds.format(end));
    }
    return String.join(",", turns);
  }

  private String bridge(RandomSource random) {
    List<String> rest = shuffled(random);
    rest.removeFirst();
    int middle = rest.size() / 2;
    return String.join(",", rest.subList(0, middle))
        + '|'
        + String.join(",", rest.subList(middle, rest.size()));
  }

  private String ring(RandomSource random) {
    return String.join(",", shuffled(random));
  }

  private String pair(RandomSource random) {
    List<String> all = shuffled(random);
    return all.get(0) + '|' + all.get(1);
  }

  private List<String> shuffled(RandomSource random) {
    List<String> rest = new ArrayList<>(nodes);
    List<String> order = new ArrayList<>();
    while (!rest.isEmpty()) {
      order.add(rest.remove(random.nextInt(rest.size())));
    }
    return order;
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
