package dev.nucleusdb.raft.replication;

import dev.nucleusdb.core.node.NodeId;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Whom a leader sends entries to: the members of the configuration in force, and those of the one
/// before until the one in force is committed.
public final class Followers {
  private final NodeId leader;
  private final int inflightMax;
  private final TreeMap<NodeId, Progress> all = new TreeMap<>();

  /// Nobody yet.
  ///
  /// @param leader who follows nobody
  /// @param inflightMax how many requests may be under way to each
  public Followers(NodeId leader, int inflightMax) {
    this.leader = leader;
    this.inflightMax = inflightMax;
  }

  /// Follows those who are not followed yet.
  public void add(List<NodeId> members, long nextIndex, long nowNanos) {
    for (NodeId id : members) {
      if (!id.equals(leader)) {
        all.computeIfAbsent(id, key -> new Progress(nextIndex, inflightMax, nowNanos));
      }
    }
  }

  /// Forgets all but these.
  public void retain(List<NodeId> members) {
    all.keySet().removeIf(id -> !members.contains(id));
  }

  /// Whether one is followed who is not among these.
  public boolean anyIsNotAmong(List<NodeId> members) {
    return !members.containsAll(all.keySet());
  }

  /// Whether one is followed who is not among these and lacks an entry.
  public boolean anyOtherLacks(List<NodeId> members, long index) {
    return all.entrySet().stream()
        .anyMatch(one -> !members.contains(one.getKey()) && one.getValue().matchIndex() < index);
  }

  /// What is known of one; null if nobody sends it anything.
  public @Nullable Progress of(NodeId id) {
    return all.get(id);
  }

  /// Visits all in the order of their ids.
  public void forEach(BiConsumer<NodeId, Progress> visitor) {
    all.forEach(visitor);
  }

  /// Whether all are so.
  public boolean allMatch(Predicate<Progress> condition) {
    return all.values().stream().allMatch(condition);
  }

  /// A value of each member, for counting.
  ///
  /// @param own the leader's
  /// @param ofOthers that of the others; 0 for those who are not followed
  public ToLongFunction<NodeId> value(long own, ToLongFunction<Progress> ofOthers) {
    return id -> {
      Progress progress = all.get(id);
      return id.equals(leader) ? own : progress == null ? 0 : ofOthers.applyAsLong(progress);
    };
  }

  /// The smallest value of anybody.
  ///
  /// @param own the leader's
  public long smallest(long own, ToLongFunction<Progress> ofOthers) {
    return Math.min(own, all.values().stream().mapToLong(ofOthers).min().orElse(own));
  }
}
