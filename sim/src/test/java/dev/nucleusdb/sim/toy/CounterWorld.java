package dev.nucleusdb.sim.toy;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.sim.SimulatedNode;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.network.MessageNames;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Five toys, and the laws that what was once durable stays so, and that nobody hears of a number
/// that nobody promised.
public final class CounterWorld {
  /// The families of faults that the toy survives: it has no checksums, so those that leave its
  /// bytes as they are.
  public static Set<FaultFamily> survived() {
    Set<FaultFamily> families = FaultFamily.parseList("all");
    families.removeIf(family -> family.harm() != FaultFamily.Harm.NONE);
    families.removeAll(EnumSet.of(FaultFamily.FLIPPED_READ, FaultFamily.MISREAD));
    return families;
  }

  private CounterWorld() {}

  public static World of(WorldOptions options) {
    return of(options, CounterNode.Bug.NONE);
  }

  static World of(WorldOptions options, CounterNode.Bug bug) {
    World world = new World(options);
    List<Address> peers = IntStream.rangeClosed(1, 5).mapToObj(i -> new Address("n" + i)).toList();
    for (int i = 1; i <= 5; i++) {
      world.addNode(
          new NodeId(i), peers.get(i - 1), context -> new CounterNode(context, peers, bug));
    }
    world.observe(new NoLostNumber(world));
    world.aim(() -> leader(world));
    world.classifyMessages(new Names());
    return world;
  }

  /// Who has promised the largest number.
  private static @Nullable String leader(World world) {
    String leader = null;
    long highest = 0;
    for (SimulatedNode node : world.nodes()) {
      if (node.running() instanceof CounterNode counter && counter.durable() > highest) {
        highest = counter.durable();
        leader = node.actor().name();
      }
    }
    return leader;
  }

  private static final class Names implements MessageNames {
    @Override
    public String nameOf(byte[] message) {
      return (message[7] & 1) == 0 ? "toy.even" : "toy.odd";
    }

    @Override
    public List<String> all() {
      return List.of("toy.even", "toy.odd");
    }
  }

  private static final class NoLostNumber implements WorldObserver {
    private final World world;
    private final Map<Integer, Long> promised = new TreeMap<>();

    NoLostNumber(World world) {
      this.world = world;
    }

    @Override
    public void onTrace(long atNanos, Actor actor, TraceKind kind, long a, long b, long c) {
      if (kind.equals(CounterNode.HEARD)) {
        if (a > 0 && promised.values().stream().noneMatch(number -> number >= a)) {
          world.violate("no-invented-number", actor + " heard " + a + ", which nobody promised");
        }
        return;
      }
      if (kind.equals(CounterNode.RECOVERED)) {
        promised.merge(actor.index(), a, Math::max);
        return;
      }
      Long before = promised.put(actor.index(), a);
      if (before != null && a <= before) {
        world.violate("no-lost-number", actor + " promised " + before + " and now " + a);
      }
    }

    @Override
    public void onNodeDown(long atNanos, Actor node, String reason) {
      long records =
          world.node(Objects.requireNonNull(node.node())).disk().durableBytes("numbers") / 16;
      if (records == 0 && promised.getOrDefault(node.index(), 0L) > 0) {
        world.violate("no-lost-number", node + " has nothing durable");
      }
    }
  }
}
