package dev.nucleusdb.sim.network.chance;

import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.network.ChanceRule;
import dev.nucleusdb.sim.network.Fate;
import dev.nucleusdb.sim.network.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings single messages to somebody else, instead or as well: the sender's idea of who lives at
/// an address is stale, as after an address was given to another machine. Receivers have to notice.
/// The detail of an entry names all who get the message.
///
/// @param choice which messages are struck
public record Misdelivery(Choice choice) implements ChanceRule {

  /// Whom chance brings a message to: one other of the same kind, node or client, and its own
  /// receiver too in one of four cases.
  ///
  /// @param nodes the names of all nodes
  /// @param clients the names of all clients
  public static String detail(
      List<String> nodes, List<String> clients, Message message, long random) {
    String own = message.link().to().name();
    List<String> others =
        (nodes.contains(own) ? nodes : clients)
            .stream()
                .filter(name -> !name.equals(own) && !name.equals(message.link().from().name()))
                .toList();
    if (others.isEmpty()) {
      return own;
    }
    String other = others.get((int) Long.remainderUnsigned(random >>> 2, others.size()));
    return (random & 3) == 0 ? own + ',' + other : other;
  }

  @Override
  public @Nullable PlanEntry strike(Message message) {
    PlanEntry entry = choice.strike(message);
    // To its own receiver only: nothing happens, and nothing is told of it.
    return entry == null || entry.detail().equals(message.link().to().name()) ? null : entry;
  }

  @Override
  public Fate fate(PlanEntry entry) {
    return new Fate.Divert(List.of(entry.detail().split(",", -1)));
  }
}
