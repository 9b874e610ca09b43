package dev.nucleusdb.sim.toy;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Five toys, and the law that what was once durable stays so.
public final class CounterWorld {
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
    return world;
  }

  private static final class NoLostNumber implements WorldObserver {
    private final World world;
    private final Map<Integer, Long> promised = new TreeMap<>();

    NoLostNumber(World world) {
      this.world = world;
    }

    @Override
    public void onTrace(long atNanos, Actor actor, TraceKind kind, long a, long b, long c) {
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
