package dev.nucleusdb.raft.replication;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.membership.Stores;
import org.jspecify.annotations.Nullable;

/// Which disks the members are to be known by, as their leader hears them.
///
/// ```
///   heard ──► bound as a voter ──speaks from another disk──► learner, bound to that ──caught up──► voter
/// ```
public final class Bindings {
  private final NodeId self;
  private final long storeId;
  private final Followers followers;

  /// @param self the leader
  /// @param storeId its disk
  public Bindings(NodeId self, long storeId, Followers followers) {
    this.self = self;
    this.storeId = storeId;
    this.followers = followers;
  }

  /// A next membership with its stores: voters stay bound as they are, and new ones are bound to
  /// the disk that they caught up with; a learner stays on its way back.
  public Membership bind(Membership now, Membership next) {
    Configuration before = now.configuration();
    Configuration after = next.configuration();
    return next.withStores(
        Stores.of(
            after.members(),
            id -> {
              boolean sameKind = before.isVoter(id) == after.isVoter(id);
              if (sameKind && now.stores().binds(id)) {
                return now.stores().of(id);
              }
              return after.isVoter(id) ? heardStoreId(id) : Stores.UNKNOWN;
            }));
  }

  /// Whether a voter is not bound whose disk is known: [#bind] would bind it.
  public boolean haveNews(Membership now) {
    for (NodeId id : now.configuration().voters()) {
      if (!now.stores().binds(id) && heardStoreId(id) != Stores.UNKNOWN) {
        return true;
      }
    }
    return false;
  }

  /// Whether all voters are bound, or would be by [#bind].
  public boolean allAreHeard(Membership now) {
    return now.configuration().voters().stream()
        .allMatch(id -> now.stores().binds(id) || heardStoreId(id) != Stores.UNKNOWN);
  }

  /// A voter that has lost its disk; null if there is none.
  public @Nullable NodeId lost(Membership now) {
    for (NodeId id : now.configuration().voters()) {
      Progress progress = followers.of(id);
      if (progress != null && progress.strangeStoreId() != Stores.UNKNOWN) {
        return id;
      }
    }
    return null;
  }

  /// A next membership in which a voter that has lost its disk is a learner, on its way back.
  /// Nothing that is known of its log holds any more.
  public Membership demote(NodeId lost, Membership now, Membership next) {
    Progress progress = followers.of(lost);
    long newStoreId = progress == null ? Stores.UNKNOWN : progress.strangeStoreId();
    if (progress != null) {
      progress.beginsAnew(newStoreId);
    }
    Membership bound = bind(now, next);
    return bound.withStores(
        Stores.of(
            bound.configuration().members(),
            id -> id.equals(lost) ? newStoreId : bound.stores().of(id)));
  }

  /// A learner that is on its way back; null if there is none.
  public @Nullable NodeId returning(Membership now) {
    for (NodeId id : now.configuration().learners()) {
      if (now.stores().binds(id)) {
        return id;
      }
    }
    return null;
  }

  private long heardStoreId(NodeId id) {
    Progress progress = followers.of(id);
    return id.equals(self) ? storeId : progress == null ? Stores.UNKNOWN : progress.storeId();
  }
}
