package dev.nucleusdb.raft.group;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.time.Timers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Nodes whose connection has ended. When a process is over, its machine closes what it had open,
/// and the others need not wait for it as long as for one that is silent. But a connection may also
/// end on the way, and a leader that is alive is heard again soon: it is lost if it is not heard
/// for a while. To be wrong costs a pre-vote that those refuse who hear it.
final class Disconnections {
  private final NodeContext context;
  private final Duration patience;
  private final Consumer<Address> onLost;
  private final Map<Address, Timers.Timer> waiting = new LinkedHashMap<>();

  /// @param patience how long it takes a node that is alive to be heard again
  /// @param onLost who is told that a node is lost
  Disconnections(NodeContext context, Duration patience, Consumer<Address> onLost) {
    this.context = context;
    this.patience = patience;
    this.onLost = onLost;
  }

  /// The connection of a node has ended.
  void ended(Address node) {
    if (!waiting.containsKey(node)) {
      long until = context.clock().monotonicNanos() + patience.toNanos();
      waiting.put(node, context.timers().at(until, () -> lost(node)));
    }
  }

  /// A node said something.
  void heard(Address node) {
    if (waiting.isEmpty()) {
      return;
    }
    Timers.Timer timer = waiting.remove(node);
    if (timer != null) {
      sometimes("a node is heard again after its connection has ended", true);
      timer.cancel();
    }
  }

  private void lost(Address node) {
    waiting.remove(node);
    onLost.accept(node);
  }

  void close() {
    waiting.values().forEach(Timers.Timer::cancel);
    waiting.clear();
  }
}
