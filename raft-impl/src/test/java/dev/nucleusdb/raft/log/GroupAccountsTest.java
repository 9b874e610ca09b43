package dev.nucleusdb.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.Membership;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a segment repeats of each group.
class GroupAccountsTest {
  private final GroupAccounts accounts = new GroupAccounts();

  private static Membership membership() {
    return Membership.of(List.of(new Member(new NodeId(1), new Address("n1"))), List.of());
  }

  private static WalFormat.Frame.Base base(int group, long index, @Nullable Membership membership) {
    return new WalFormat.Frame.Base(group, index, 3, membership);
  }

  @Test
  void all_terms_and_votes_come_before_all_beginnings_each_in_the_order_of_the_groups() {
    HardState voted = new HardState(4, new NodeId(2));
    HardState free = new HardState(9, null);
    accounts.begins(base(7, 20, membership()));
    accounts.stands(7, free);
    accounts.stands(5, voted);
    accounts.begins(base(2, 10, null));
    assertThat(accounts.frames())
        .containsExactly(
            new WalFormat.Frame.State(5, voted),
            new WalFormat.Frame.State(7, free),
            base(2, 10, null),
            base(7, 20, membership()));
    assertThat(accounts.hardState(2)).isNull();
    assertThat(accounts.hardState(3)).isNull();
  }

  @Test
  void a_group_has_released_what_lies_at_or_below_its_beginning() {
    accounts.begins(base(7, 20, null));
    assertThat(accounts.isReleased(7, 20)).isTrue();
    assertThat(accounts.isReleased(7, 21)).isFalse();
    assertThat(accounts.isReleased(6, 1)).isFalse();
  }

  @Test
  void equal_memberships_one_after_the_other_are_one_object() {
    Membership first = membership();
    accounts.begins(base(1, 5, first));
    accounts.begins(base(2, 5, membership()));
    WalFormat.Frame.Base second = (WalFormat.Frame.Base) accounts.frames().getLast();
    assertThat(second.membership()).isSameAs(first);
  }
}
