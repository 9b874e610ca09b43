package dev.nucleusdb.raft.membership;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where the others are. Members are where a membership says, also after they have left: they may
/// still have to be told of it. Strangers are where they were heard from last, so that they can be
/// answered: a leader may stand in an entry that is still to come.
public final class Peers {
  private static final int STRANGERS_MAX = 16;

  private final Map<NodeId, Address> members = new TreeMap<>();
  private final LinkedHashMap<NodeId, Address> strangers = new LinkedHashMap<>();

  /// Members are there from now on.
  public void add(Iterable<Member> named) {
    for (Member member : named) {
      members.put(member.id(), member.address());
      strangers.remove(member.id());
    }
  }

  /// Whether a message may come from there: a member speaks from its own address alone.
  public boolean accept(NodeId sender, Address from) {
    Address known = members.get(sender);
    if (known != null) {
      return known.equals(from);
    }
    strangers.remove(sender);
    strangers.put(sender, from);
    if (strangers.size() > STRANGERS_MAX) {
      strangers.pollFirstEntry();
    }
    return true;
  }

  /// Whether somebody stands in a membership that this node has seen.
  public boolean isMember(NodeId id) {
    return members.containsKey(id);
  }

  /// The members that are there.
  public List<NodeId> membersAt(Address address) {
    return members.entrySet().stream()
        .filter(member -> member.getValue().equals(address))
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Where somebody is; null if nobody knows.
  public @Nullable Address addressOf(NodeId id) {
    Address known = members.get(id);
    return known == null ? strangers.get(id) : known;
  }
}
