package dev.nucleusdb.raft.group;

import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.membership.Membership;
import org.jspecify.annotations.Nullable;

/// Most groups of a node have the same members on the same disks: equal memberships that come one
/// after the other are one object.
public final class SharedMemberships {
  private @Nullable Membership lastFounding;
  private @Nullable Membership lastNamed;

  SharedMemberships() {}

  /// With whom a group was founded.
  public Membership founding(Membership membership) {
    Membership last = lastFounding;
    Membership shared = last != null && last.equals(membership) ? last : membership;
    lastFounding = shared;
    return shared;
  }

  /// A log, whose memberships are shared from now on.
  public RaftLog of(RaftLog log) {
    log.shareMemberships(this::named);
    return log;
  }

  private Membership named(Membership membership) {
    Membership last = lastNamed;
    Membership shared = last != null && last.equals(membership) ? last : membership;
    lastNamed = shared;
    return shared;
  }
}
