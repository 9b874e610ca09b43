package dev.nucleusdb.raft.replication;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.Membership;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  /// Null while they rest, and nothing but [#resting] is known of any.
  private @Nullable Map<NodeId, Progress> all = new TreeMap<>();

  /// What is known of all who rest.
  private @Nullable Membership resting;

  private long restingLastIndex;
  private long restingRound;
  private long restingHeardNanos;

  /// Nobody yet.
  ///
  /// @param leader who follows nobody
  /// @param inflightMax how many requests may be under way to each
  public Followers(NodeId leader, int inflightMax) {
    this.leader = leader;
    this.inflightMax = inflightMax;
  }

  /// They sleep. If each of them has all of the log, and speaks from the disk that it is bound to,
  /// nothing is kept of it but that, until somebody asks.
  ///
  /// @param membership in force
  /// @param lastIndex the end of the log
  /// @param round which all have answered
  /// @param heardNanos a moment after which all were heard
  public void rest(Membership membership, long lastIndex, long round, long heardNanos) {
    all().values().forEach(Progress::rest);
    if (!areAlike(membership, lastIndex, round)) {
      return;
    }
    resting = membership;
    restingLastIndex = lastIndex;
    restingRound = round;
    restingHeardNanos = heardNanos;
    all = null;
  }

  private boolean areAlike(Membership membership, long lastIndex, long round) {
    List<NodeId> members = membership.configuration().members();
    for (NodeId id : members) {
      Progress progress = all().get(id);
      boolean alike =
          progress == null
              ? id.equals(leader)
              : progress.round() >= round
                  && progress.isAllAbout(lastIndex, membership.stores().of(id));
      if (!alike) {
        return false;
      }
    }
    return !anyIsNotAmong(members);
  }

  /// Whether nothing is kept of anybody by himself.
  public boolean areResting() {
    return all == null;
  }

  private Map<NodeId, Progress> all() {
    Map<NodeId, Progress> known = all == null ? restored() : all;
    all = known;
    return known;
  }

  private Map<NodeId, Progress> restored() {
    Map<NodeId, Progress> restored = new TreeMap<>();
    Membership membership = Objects.requireNonNull(resting);
    for (NodeId id : membership.configuration().members()) {
      if (!id.equals(leader)) {
        long storeId = membership.stores().of(id);
        restored.put(
            id,
            Progress.restored(
                restingLastIndex, storeId, restingRound, inflightMax, restingHeardNanos));
      }
    }
    resting = null;
    return restored;
  }

  /// Follows those who are not followed yet.
  public void add(List<NodeId> members, long nextIndex, long nowNanos) {
    for (NodeId id : members) {
      if (!id.equals(leader)) {
        all().computeIfAbsent(id, key -> new Progress(nextIndex, inflightMax, nowNanos));
      }
    }
  }

  /// Forgets all but these.
  public void retain(List<NodeId> members) {
    all().keySet().removeIf(id -> !members.contains(id));
  }

  /// Whether one is followed who is not among these.
  public boolean anyIsNotAmong(List<NodeId> members) {
    return !members.containsAll(all().keySet());
  }

  /// Whether one is followed who is not among these and lacks an entry.
  public boolean anyOtherLacks(List<NodeId> members, long index) {
    return all().entrySet().stream()
        .anyMatch(one -> !members.contains(one.getKey()) && one.getValue().matchIndex() < index);
  }

  /// What is known of one; null if nobody sends it anything.
  public @Nullable Progress of(NodeId id) {
    return all().get(id);
  }

  /// Visits all in the order of their ids.
  public void forEach(BiConsumer<NodeId, Progress> visitor) {
    all().forEach(visitor);
  }

  /// Whether all are so.
  public boolean allMatch(Predicate<Progress> condition) {
    return all().values().stream().allMatch(condition);
  }

  /// A value of each member, for counting.
  ///
  /// @param own the leader's
  /// @param ofOthers that of the others; 0 for those who are not followed
  public ToLongFunction<NodeId> value(long own, ToLongFunction<Progress> ofOthers) {
    return id -> {
      Progress progress = all().get(id);
      return id.equals(leader) ? own : progress == null ? 0 : ofOthers.applyAsLong(progress);
    };
  }

  /// The smallest value of anybody.
  ///
  /// @param own the leader's
  public long smallest(long own, ToLongFunction<Progress> ofOthers) {
    long smallest = own;
    for (Progress progress : all().values()) {
      smallest = Math.min(smallest, ofOthers.applyAsLong(progress));
    }
    return smallest;
  }
}
