package dev.nucleusdb.raft.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.membership.Stores;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a leader keeps of followers that sleep.
class FollowersTest {
  private static final long LAST_INDEX = 20;
  private static final long ROUND = 7;
  private static final long HEARD_NANOS = 500;
  private static final NodeId LEADER = new NodeId(1);
  private static final NodeId SECOND = new NodeId(2);
  private static final NodeId THIRD = new NodeId(3);
  private static final List<NodeId> ALL = List.of(LEADER, SECOND, THIRD);

  private final Membership bound = bound(ALL);
  private final Followers followers = new Followers(LEADER, 4);

  private static Membership bound(List<NodeId> who) {
    List<Member> members =
        ALL.stream().map(id -> new Member(id, new Address(id.toString()))).toList();
    return Membership.of(members, List.of()).withStores(Stores.of(who, id -> id.value() * 11L));
  }

  @BeforeEach
  void all_have_all() {
    followers.add(ALL, LAST_INDEX + 1, 0);
    for (NodeId id : List.of(SECOND, THIRD)) {
      of(id).speaksFrom(id.value() * 11L);
      of(id).heard(ROUND + 1, HEARD_NANOS + 1);
      of(id).sent(LAST_INDEX, HEARD_NANOS + 1);
      of(id).accepted(LAST_INDEX, HEARD_NANOS + 1);
    }
  }

  private Progress of(NodeId id) {
    return Objects.requireNonNull(followers.of(id));
  }

  private void rest(Membership membership) {
    followers.rest(membership, LAST_INDEX, ROUND, HEARD_NANOS);
  }

  @Test
  void nothing_is_kept_of_followers_that_have_all_and_are_bound() {
    rest(bound);
    assertThat(followers.areResting()).isTrue();
  }

  @Test
  void whoever_asks_finds_them_as_they_were() {
    rest(bound);
    Progress second = of(SECOND);
    assertThat(followers.areResting()).isFalse();
    assertThat(followers.of(LEADER)).isNull();
    assertThat(second.mode()).isEqualTo(Progress.Mode.REPLICATE);
    assertThat(second.matchIndex()).isEqualTo(LAST_INDEX);
    assertThat(second.nextIndex()).isEqualTo(LAST_INDEX + 1);
    assertThat(second.storeId()).isEqualTo(22);
    assertThat(second.round()).isEqualTo(ROUND);
    assertThat(second.heardNanos()).isEqualTo(HEARD_NANOS);
    assertThat(second.maySend()).isTrue();
    assertThat(of(THIRD).storeId()).isEqualTo(33);
  }

  @Test
  void a_quorum_is_counted_over_those_who_rest() {
    rest(bound);
    assertThat(bound.configuration().reached(followers.value(LAST_INDEX, Progress::matchIndex)))
        .isEqualTo(LAST_INDEX);
  }

  @Test
  void whoever_is_bound_to_no_disk_is_remembered_by_the_one_that_it_spoke_from() {
    rest(bound(List.of(LEADER, SECOND)));
    assertThat(followers.areResting()).isFalse();
    assertThat(of(THIRD).storeId()).isEqualTo(33);
  }

  @Test
  void whoever_lacks_something_is_remembered() {
    followers.rest(bound, LAST_INDEX + 1, ROUND, HEARD_NANOS);
    assertThat(followers.areResting()).isFalse();
    followers.rest(bound, LAST_INDEX, ROUND + 2, HEARD_NANOS);
    assertThat(followers.areResting()).isFalse();
  }

  @Test
  void whoever_speaks_from_another_disk_is_remembered() {
    of(THIRD).speaksStrangely(44);
    rest(bound);
    assertThat(followers.areResting()).isFalse();
    assertThat(of(THIRD).strangeStoreId()).isEqualTo(44);
  }

  @Test
  void whoever_takes_no_part_any_more_and_is_followed_still_is_remembered() {
    NodeId gone = new NodeId(4);
    followers.add(List.of(gone), LAST_INDEX + 1, 0);
    rest(bound);
    assertThat(followers.areResting()).isFalse();
    assertThat(followers.of(gone)).isNotNull();
  }
}
