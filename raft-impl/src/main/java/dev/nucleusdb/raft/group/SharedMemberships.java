package dev.nucleusdb.raft.group;

import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.membership.Membership;
import java.util.ArrayList;
import java.util.List;

/// Most groups of a node have the same members on the same disks, or pass through the same few
/// memberships: equal ones are one object, if they come among the last few that differ.
public final class SharedMemberships {
  private static final int DISTINCT_MAX = 8;

  /// The one that was asked for last is the first.
  private final List<Membership> last = new ArrayList<>(DISTINCT_MAX);

  SharedMemberships() {}

  /// With whom a group was founded.
  public Membership founding(Membership membership) {
    return shared(membership);
  }

  /// A log, whose memberships are shared from now on.
  public RaftLog of(RaftLog log) {
    log.shareMemberships(this::shared);
    return log;
  }

  private Membership shared(Membership membership) {
    int place = last.indexOf(membership);
    if (place == 0) {
      return last.getFirst();
    }
    Membership found = place < 0 ? membership : last.remove(place);
    last.addFirst(found);
    if (last.size() > DISTINCT_MAX) {
      last.removeLast();
    }
    return found;
  }
}
