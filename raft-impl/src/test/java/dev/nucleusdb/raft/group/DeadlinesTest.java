package dev.nucleusdb.raft.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.RaftOptions;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.message.RaftMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// When groups have their turn that wait for a moment.
class DeadlinesTest {
  private static final RaftOptions OPTIONS =
      RaftOptions.DEFAULT.withTimeouts(
          Duration.ofMillis(300), Duration.ofMillis(600), Duration.ofMillis(50));

  private static final long SLOT_NANOS = Duration.ofMillis(5).toNanos();

  /// Only waits.
  private static final class Waiting implements HostedGroup {
    private final GroupHost host;
    private final List<Long> dueNanos = new ArrayList<>();

    Waiting(GroupHost host) {
      this.host = host;
    }

    @Override
    public void due() {
      dueNanos.add(host.context().clock().monotonicNanos());
    }

    @Override
    public void receive(NodeId sender, long storeId, RaftMessage message) {}

    @Override
    public void flush() {}

    @Override
    public void lost(NodeId node) {}

    @Override
    public void persisted(long writeId) {}

    @Override
    public void stop() {}

    @Override
    public @Nullable RaftLog writtenLog() {
      return null;
    }

    @Override
    public long heldBytes() {
      return 0;
    }
  }

  /// @param groupCount how many others are on its node
  /// @param away how far off the moment is from the beginning of a slot
  /// @return how much later than it asked for it had its turn
  private static long latenessOf(int groupCount, Duration away) {
    GroupBench bench = new GroupBench(groupCount, OPTIONS);
    GroupHost host = bench.node(1).host;
    Waiting waiting = new Waiting(host);
    List<Long> asked = new ArrayList<>();
    bench
        .world()
        .node(new NodeId(1))
        .call(any -> {
          Seat seat = host.join(groupCount + 1, waiting);
          long nowNanos = host.context().clock().monotonicNanos();
          asked.add(Math.ceilDiv(nowNanos, SLOT_NANOS) * SLOT_NANOS + away.toNanos());
          seat.arm(asked.getFirst());
        });
    bench.elapse(Duration.ofSeconds(1));
    assertThat(waiting.dueNanos).hasSize(1);
    return waiting.dueNanos.getFirst() - asked.getFirst();
  }

  @Test
  void a_moment_that_is_far_is_put_off_to_the_end_of_its_slot() {
    Duration away = Duration.ofNanos(41_000_001);
    assertThat(latenessOf(2, away)).isBetween(SLOT_NANOS / 2, SLOT_NANOS);
  }

  @Test
  void a_moment_that_is_near_comes_when_it_was_asked_for() {
    assertThat(latenessOf(2, Duration.ofNanos(21_000_001))).isLessThan(SLOT_NANOS / 10);
  }

  @Test
  void a_group_that_is_alone_is_not_put_off() {
    assertThat(latenessOf(0, Duration.ofNanos(41_000_001))).isLessThan(SLOT_NANOS / 10);
  }
}
