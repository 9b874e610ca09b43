package dev.nucleusdb.raft.conversation;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.message.RaftMessage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Messages on their way, in the order in which they were sent, and those that were put aside.
final class Network {
  /// A message on its way.
  ///
  /// @param from who sent it
  /// @param to whom it is for
  /// @param message what it says
  record Flying(NodeId from, long storeId, NodeId to, RaftMessage message) {
    boolean isOn(String link) {
      return link.equals(from + ">" + to) || link.equals(from + ">") || link.equals(">" + to);
    }
  }

  private final List<Flying> flying = new ArrayList<>();
  private final Map<String, Flying> aside = new LinkedHashMap<>();
  private final Set<NodeId> isolated = new TreeSet<>();

  void send(NodeId from, long storeId, NodeId to, RaftMessage message) {
    if (!isolated.contains(from) && !isolated.contains(to)) {
      flying.add(new Flying(from, storeId, to, message));
    }
  }

  /// Takes all messages that the condition holds for.
  List<Flying> take(Predicate<Flying> condition) {
    List<Flying> taken = new ArrayList<>();
    for (Iterator<Flying> all = flying.iterator(); all.hasNext(); ) {
      Flying next = all.next();
      if (condition.test(next)) {
        taken.add(next);
        all.remove();
      }
    }
    return taken;
  }

  /// Puts the oldest message of a link aside under a name.
  Flying hold(String link, String name) {
    for (Flying next : flying) {
      if (next.isOn(link)) {
        flying.remove(next);
        aside.put(name, next);
        return next;
      }
    }
    throw new IllegalArgumentException("nothing is on its way on " + link);
  }

  Flying held(String name) {
    Flying message = aside.get(name);
    if (message == null) {
      throw new IllegalArgumentException("no message was put aside as " + name);
    }
    return message;
  }

  void isolate(NodeId id) {
    isolated.add(id);
    flying.removeIf(next -> next.from().equals(id) || next.to().equals(id));
  }

  void heal() {
    isolated.clear();
  }

  boolean isQuiet() {
    return flying.isEmpty();
  }
}
