package dev.nucleusdb.sim;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.sim.network.MessageNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A world whose nodes do nothing but hand their seams to the test.
public final class TestBench {
  private final World world;
  private final Map<Integer, NodeContext> contexts = new TreeMap<>();

  /// A world with so many idle nodes, all up.
  public TestBench(WorldOptions options, int nodeCount) {
    this(options, nodeCount, null);
  }

  /// As above, with a leader for faults that are aimed, and with messages that are called by their
  /// first byte, `even` or `odd`.
  public TestBench(WorldOptions options, int nodeCount, @Nullable String leader) {
    world = new World(options);
    world.aim(() -> leader);
    world.classifyMessages(new Parity());
    for (int i = 0; i < nodeCount; i++) {
      int index = i;
      world.addNode(
          new NodeId(i + 1),
          new Address("n" + (i + 1)),
          context -> {
            contexts.put(index, context);
            return new Idle();
          });
    }
    world.run(0);
  }

  /// The world.
  public World world() {
    return world;
  }

  /// The seams of a node's present incarnation, from 0.
  public NodeContext context(int index) {
    return Objects.requireNonNull(contexts.get(index));
  }

  /// The machine of a node, from 0.
  public SimulatedNode node(int index) {
    return world.node(new NodeId(index + 1));
  }

  /// Runs code in a node; what it throws is thrown.
  public void onNode(int index, Runnable code) {
    List<Throwable> thrown = new ArrayList<>();
    node(index)
        .call(node -> {
          try {
            code.run();
          } catch (RuntimeException | AssertionError failure) {
            thrown.add(failure);
          }
        });
    for (Throwable failure : thrown) {
      if (failure instanceof AssertionError error) {
        throw error;
      }
      throw (RuntimeException) failure;
    }
  }

  /// Lets true time pass.
  public void elapse(Duration duration) {
    world.run(world.nowNanos() + duration.toNanos());
  }

  private static final class Parity implements MessageNames {
    @Override
    public String nameOf(byte[] message) {
      return message.length == 0 ? "" : message[0] % 2 == 0 ? "even" : "odd";
    }

    @Override
    public List<String> all() {
      return List.of("even", "odd");
    }
  }

  private static final class Idle implements Node {
    @Override
    public void start() {}

    @Override
    public void stop() {}
  }
}
