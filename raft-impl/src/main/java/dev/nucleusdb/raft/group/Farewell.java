package dev.nucleusdb.raft.group;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.raft.message.RaftMessage;
import java.util.List;

/// Wakes those who sleep under a group's leader that has left its node, which goes on and beats on:
/// as often as a beat, for as long as others wait for one. If none of these messages arrives, the
/// beats are missed too, and that wakes those who sleep.
final class Farewell {
  private final GroupHost host;
  private final HostOptions options;
  private final int group;
  private final List<NodeId> sleepers;
  private final Clock clock;
  private final long endNanos;

  /// @param sleepers who takes part, this node among them
  Farewell(GroupHost host, HostOptions options, int group, List<NodeId> sleepers) {
    this.host = host;
    this.options = options;
    this.group = group;
    this.sleepers = sleepers;
    this.clock = host.context().clock();
    this.endNanos =
        clock.monotonicNanos() + options.beatPatience().plus(options.beatInterval()).toNanos();
  }

  void begin() {
    long now = clock.monotonicNanos();
    if (now > endNanos || !host.isWithout(group)) {
      return;
    }
    for (NodeId sleeper : sleepers) {
      if (!sleeper.equals(host.context().id())) {
        host.send(group, sleeper, new RaftMessage.Wake(0));
      }
    }
    host.context().timers().at(now + options.beatInterval().toNanos(), this::begin);
  }
}
