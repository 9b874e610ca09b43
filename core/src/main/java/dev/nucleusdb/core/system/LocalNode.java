package dev.nucleusdb.core.system;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.core.trace.Trace;
import java.util.function.Function;

/// A node that runs on the real seams of this machine.
///
/// ```
///   try (NodeThread thread = NodeThread.start("n1", clock, …, whenItEnds);
///       FileDisk disk = FileDisk.open(folder, thread, …);
///       NettyNetwork network = NettyNetwork.node(address, thread, …);
///       LocalNode node = LocalNode.start(id, clock, thread, network, disk, …)) {
///     … wait for the signal to stop …
///   }
/// ```
///
/// Each closes what it has opened, in the right order if they are closed as above.
public final class LocalNode implements AutoCloseable {
  private final NodeThread thread;
  private final Node node;

  private LocalNode(NodeThread thread, Node node) {
    this.thread = thread;
    this.node = node;
  }

  /// Makes a node and starts it, both on its thread. Returns when it has recovered and serves.
  ///
  /// @param thread its thread and its timers; ends with the reason if the node halts itself
  /// @param maker makes the node from its context
  /// @throws dev.nucleusdb.core.disk.CorruptionException if what is on the disk cannot be trusted
  /// @throws dev.nucleusdb.core.disk.DiskException if the disk does not work
  /// @throws IllegalStateException if the node halted before it was started
  public static LocalNode start(
      NodeId id,
      Clock clock,
      NodeThread thread,
      Network network,
      Disk disk,
      RandomSource random,
      Trace trace,
      Function<NodeContext, Node> maker) {
    NodeContext context =
        new NodeContext(id, clock, thread, network, disk, random, trace, thread::halt);
    boolean started = false;
    try {
      Node node =
          thread.call(() -> {
            Node made = maker.apply(context);
            made.start();
            return made;
          });
      started = true;
      return new LocalNode(thread, node);
    } finally {
      if (!started) {
        thread.close();
      }
    }
  }

  /// The node, to be touched on its thread alone.
  public Node node() {
    return node;
  }

  /// Whether the node has ended by itself.
  public boolean hasEnded() {
    return thread.isEnding();
  }

  /// Stops the node in good order, unless it has ended by itself.
  @Override
  public void close() {
    if (!thread.isEnding()) {
      thread.run(node::stop);
    }
  }
}
