package dev.nucleusdb.raft.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.Ballots.Ballot;
import dev.nucleusdb.raft.membership.ConfigurationChange.Outcome;
import dev.nucleusdb.raft.membership.ConfigurationChange.Step;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Quorums and changes against brute force over all subsets of seven members.
class ConfigurationProperties {
  private static final int MEMBER_COUNT = 7;
  private static final int SUBSETS = 1 << MEMBER_COUNT;

  private static List<NodeId> ids(int mask) {
    List<NodeId> ids = new ArrayList<>();
    for (int i = 0; i < MEMBER_COUNT; i++) {
      if ((mask & 1 << i) != 0) {
        ids.add(new NodeId(i + 1));
      }
    }
    return ids;
  }

  private static int mask(List<NodeId> ids) {
    return ids.stream().mapToInt(id -> 1 << (id.value() - 1)).sum();
  }

  private static Configuration joint(int incoming, int outgoing) {
    return new Configuration(
        new Majority(ids(incoming)), new Majority(ids(outgoing)), List.of(), List.of(), false);
  }

  /// The definition: more than half of each half that is not empty.
  private static boolean isQuorum(int subset, int incoming, int outgoing) {
    return isMajority(subset, incoming) && isMajority(subset, outgoing);
  }

  private static boolean isMajority(int subset, int voters) {
    return voters == 0 || 2 * Integer.bitCount(subset & voters) > Integer.bitCount(voters);
  }

  private static boolean isQuorum(int subset, Configuration configuration) {
    return isQuorum(
        subset, mask(configuration.incoming().ids()), mask(configuration.outgoing().ids()));
  }

  @Property
  void what_is_reached_is_the_largest_value_that_some_quorum_has(
      @ForAll @IntRange(min = 1, max = SUBSETS - 1) int incoming,
      @ForAll @IntRange(max = SUBSETS - 1) int outgoing,
      @ForAll @Size(MEMBER_COUNT) List<@IntRange(max = 9) Integer> values) {
    long expected = -1;
    for (int subset = 1; subset < SUBSETS; subset++) {
      if (isQuorum(subset, incoming, outgoing)) {
        long all = ids(subset).stream().mapToLong(id -> values.get(id.value() - 1)).min().orElse(0);
        expected = Math.max(expected, all);
      }
    }
    assertThat(joint(incoming, outgoing).reached(id -> values.get(id.value() - 1)))
        .isEqualTo(expected);
  }

  @Property
  void an_election_is_won_by_a_quorum_and_lost_once_none_can_be_had(
      @ForAll @IntRange(min = 1, max = SUBSETS - 1) int incoming,
      @ForAll @IntRange(max = SUBSETS - 1) int outgoing,
      @ForAll @Size(MEMBER_COUNT) List<Ballot> ballots) {
    int granted = 0;
    int refused = 0;
    for (int i = 0; i < MEMBER_COUNT; i++) {
      granted |= ballots.get(i) == Ballot.GRANTED ? 1 << i : 0;
      refused |= ballots.get(i) == Ballot.REFUSED ? 1 << i : 0;
    }
    VoteResult expected =
        isQuorum(granted, incoming, outgoing)
            ? VoteResult.WON
            : isQuorum(~refused, incoming, outgoing) ? VoteResult.PENDING : VoteResult.LOST;
    assertThat(joint(incoming, outgoing).vote(id -> ballots.get(id.value() - 1)))
        .isEqualTo(expected);
  }

  @Property
  void adjacent_configurations_share_a_member_of_any_two_quorums(
      @ForAll("changes") List<Change> changes) {
    Configuration now = Configuration.ofVoters(ids(1));
    for (Change change : changes) {
      if (!(change.on(now) instanceof Outcome.Changed(Configuration next))) {
        continue;
      }
      for (int one = 0; one < SUBSETS; one++) {
        for (int other = 0; isQuorum(one, now) && other < SUBSETS; other++) {
          assertThat(isQuorum(other, next) && (one & other) == 0)
              .as("%s and %s decide apart: %s, %s", now, next, ids(one), ids(other))
              .isFalse();
        }
      }
      now = next;
    }
  }

  @Property
  void a_joint_change_ends_where_its_steps_lead(
      @ForAll("changes") List<Change> before,
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 7) Integer> voters) {
    Configuration now = Configuration.ofVoters(ids(1));
    for (Change change : before) {
      now = change.on(now) instanceof Outcome.Changed(Configuration next) ? next : now;
    }
    if (now.isJoint()) {
      now = leave(now);
    }
    List<NodeId> target = voters.stream().distinct().map(NodeId::new).sorted().toList();
    List<Step> steps = new ArrayList<>();
    now.members().forEach(id -> steps.add(new Step(Step.Kind.REMOVE, id.value())));
    target.forEach(id -> steps.add(new Step(Step.Kind.ADD_VOTER, id.value())));
    Outcome joint = ConfigurationChange.enterJoint(now, true, steps);
    assertThat(joint).isInstanceOf(Outcome.Changed.class);
    Configuration between = ((Outcome.Changed) joint).configuration();
    assertThat(between.outgoing()).isEqualTo(now.incoming());
    assertThat(leave(between)).isEqualTo(Configuration.ofVoters(target));
  }

  private static Configuration leave(Configuration joint) {
    Outcome left = ConfigurationChange.leaveJoint(joint);
    return ((Outcome.Changed) left).configuration();
  }

  /// One change of a sequence.
  ///
  /// @param way 0 simple, 1 and 2 enter joint, 3 leave
  /// @param steps what to change
  record Change(int way, List<Step> steps) {
    Outcome on(Configuration now) {
      return switch (way) {
        case 0 -> ConfigurationChange.simple(now, steps);
        case 3 -> ConfigurationChange.leaveJoint(now);
        default -> ConfigurationChange.enterJoint(now, way == 1, steps);
      };
    }
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<Step> step =
        Combinators.combine(
                Arbitraries.of(Step.Kind.class), Arbitraries.integers().between(0, MEMBER_COUNT))
            .as(Step::new);
    return Combinators.combine(Arbitraries.integers().between(0, 3), step.list().ofMaxSize(4))
        .as(Change::new)
        .list()
        .ofMaxSize(6);
  }

  @Example
  void parts_that_exclude_each_other_are_refused() {
    Majority one = new Majority(ids(1));
    assertThatThrownBy(() -> new Configuration(one, Majority.EMPTY, ids(1), List.of(), false))
        .hasMessage("n1 is a voter and a learner");
    assertThatThrownBy(() -> new Configuration(one, Majority.EMPTY, List.of(), ids(2), false))
        .hasMessage("n2 is to be a learner next and is no voter that goes");
    assertThatThrownBy(() -> new Configuration(one, Majority.EMPTY, List.of(), List.of(), true))
        .hasMessage("only what is joint can be left");
    assertThatThrownBy(() -> new Majority(List.of(new NodeId(1), new NodeId(1))))
        .hasMessage("a member is named twice in [n1, n1]");
  }

  @Example
  void nobody_agrees_to_everything() {
    assertThat(Majority.EMPTY.reached(id -> 0)).isEqualTo(Majority.EVERYTHING);
    assertThat(Majority.EMPTY.vote(id -> Ballot.REFUSED)).isEqualTo(VoteResult.WON);
  }
}
