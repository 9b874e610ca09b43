package dev.nucleusdb.sim.network.rule;

import dev.nucleusdb.sim.network.Link;
import dev.nucleusdb.sim.network.Message;
import dev.nucleusdb.sim.network.StandingRule;
import org.jspecify.annotations.Nullable;

/// A connection that only its sender believes in: all that the link carries is swallowed, and the
/// sender notices nothing, until the fault ends or a new connection takes its place, as when either
/// side starts anew. A peer that vanished without a word, or a firewall that forgot the flow.
public final class HalfOpen implements StandingRule {
  private final String linkName;
  private @Nullable Long connection;

  /// @param linkName `n1>n2`
  public HalfOpen(String linkName) {
    this.linkName = linkName;
  }

  @Override
  public boolean cuts(Message message, long nowNanos) {
    Link link = message.link();
    if (!link.name().equals(linkName)) {
      return false;
    }
    if (connection == null) {
      connection = link.connection();
    }
    return connection == message.connection();
  }
}
