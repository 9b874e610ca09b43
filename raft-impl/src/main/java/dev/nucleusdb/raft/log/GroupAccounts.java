package dev.nucleusdb.raft.log;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.Membership;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a write-ahead log must repeat of each group in whatever segment it begins: the latest term
/// and vote, and where the group's log begins. There is one for each group of the node, so they are
/// kept as numbers instead of as the frames that say them, and equal memberships that come one
/// after the other as one.
final class GroupAccounts {
  private static final long NO_TERM = -1;

  private static final class Account {
    long term = NO_TERM;
    int vote = NodeId.NONE;

    /// 0 if nothing was ever released.
    long baseIndex;

    long baseTerm;
    @Nullable Membership baseMembership;
  }

  private final GroupMap<Account> accounts = new GroupMap<>();
  private @Nullable Membership lastMembership;

  /// A group's latest term and vote.
  void stands(int group, HardState hardState) {
    Account account = accounts.getOrAdd(group, Account::new);
    account.term = hardState.term();
    NodeId vote = hardState.vote();
    account.vote = vote == null ? NodeId.NONE : vote.value();
  }

  /// A group's log begins behind an index.
  void begins(WalFormat.Frame.Base base) {
    Account account = accounts.getOrAdd(base.group(), Account::new);
    account.baseIndex = base.index();
    account.baseTerm = base.term();
    Membership membership = base.membership();
    boolean known = membership != null && membership.equals(lastMembership);
    account.baseMembership = known ? lastMembership : membership;
    lastMembership = membership == null ? lastMembership : account.baseMembership;
  }

  /// The latest term and vote; null if the group has written none.
  @Nullable HardState hardState(int group) {
    Account account = accounts.get(group);
    return account == null ? null : hardState(account);
  }

  /// Whether a group needs nothing of what it has up to an index.
  boolean isReleased(int group, long index) {
    Account account = accounts.get(group);
    return account != null && account.baseIndex >= index;
  }

  /// All of it: first what the groups stand for, then where their logs begin.
  List<WalFormat.Frame> frames() {
    List<WalFormat.Frame> states = new ArrayList<>(accounts.size());
    List<WalFormat.Frame> bases = new ArrayList<>(accounts.size());
    for (int place = 0; place < accounts.size(); place++) {
      int group = accounts.groupAt(place);
      Account account = accounts.valueAt(place);
      HardState state = hardState(account);
      if (state != null) {
        states.add(new WalFormat.Frame.State(group, state));
      }
      if (account.baseIndex > 0) {
        bases.add(
            new WalFormat.Frame.Base(
                group, account.baseIndex, account.baseTerm, account.baseMembership));
      }
    }
    states.addAll(bases);
    return states;
  }

  private static @Nullable HardState hardState(Account account) {
    if (account.term == NO_TERM) {
      return null;
    }
    return new HardState(
        account.term, account.vote == NodeId.NONE ? null : new NodeId(account.vote));
  }
}
