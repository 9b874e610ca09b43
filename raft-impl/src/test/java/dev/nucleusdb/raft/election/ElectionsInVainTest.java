package dev.nucleusdb.raft.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.raft.Raft;
import dev.nucleusdb.raft.RaftEffect;
import dev.nucleusdb.raft.RaftInput;
import dev.nucleusdb.raft.RaftOptions;
import dev.nucleusdb.raft.RaftRules;
import dev.nucleusdb.raft.log.HardState;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.membership.Stores;
import dev.nucleusdb.raft.message.RaftMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Rivals whose messages take as long as their timeouts differ would rise together for ever: each
/// election in vain makes the next timeout more random, and a leader ends that.
final class ElectionsInVainTest {
  private static final NodeId N2 = new NodeId(2);
  private static final long SECOND = 1_000_000_000;

  /// Always the longest timeout, to see the range.
  private record Longest() implements RandomSource {
    @Override
    public long nextLong() {
      return 1;
    }

    @Override
    public long nextBetween(long min, long max) {
      return max;
    }

    @Override
    public RandomSource fork(String name) {
      return this;
    }

    @Override
    public RandomSource fork(long number) {
      return this;
    }
  }

  private final Raft raft =
      new Raft(
          new NodeId(1),
          Stores.UNKNOWN,
          Membership.of(
              Stream.of(1, 2, 3)
                  .map(id -> new Member(new NodeId(id), new Address("n" + id)))
                  .toList(),
              List.of()),
          RaftOptions.DEFAULT,
          RaftRules.RAFT,
          new Longest(),
          HardState.INITIAL,
          new RaftLog(0, 0, List.of()),
          0,
          0);

  private final List<RaftEffect> effects = new ArrayList<>();
  private long now;
  private long writes;

  private void receive(RaftMessage message) {
    raft.step(new RaftInput.Receive(N2, Stores.UNKNOWN, message), now, effects);
  }

  /// Stands for an election that nobody votes in.
  ///
  /// @return how many seconds until the next
  private long standInVain() {
    now = raft.deadlineNanos();
    raft.step(new RaftInput.Tick(), now, effects);
    receive(new RaftMessage.PreVoteReply(raft.term() + 1, true));
    raft.step(new RaftInput.Persisted(++writes), now, effects);
    assertThat(raft.role()).isEqualTo(Role.CANDIDATE);
    return (raft.deadlineNanos() - now) / SECOND;
  }

  @Test
  void the_range_of_the_timeout_doubles_three_times_and_is_as_ever_after_a_leader() {
    assertThat(raft.deadlineNanos()).isEqualTo(2 * SECOND);
    assertThat(Stream.generate(this::standInVain).limit(6)).containsExactly(2L, 3L, 5L, 9L, 9L, 9L);

    receive(
        new RaftMessage.AppendRequest(
            raft.term() + 1, 0, 0, List.of(), 0, 0, 1, RaftMessage.Standing.NONE));
    raft.step(new RaftInput.Persisted(++writes), now, effects);
    assertThat(raft.deadlineNanos() - now).isEqualTo(2 * SECOND);
    assertThat(standInVain()).isEqualTo(2L);
  }
}
