package dev.nucleusdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Options that contradict each other are refused in one clear line.
class RaftOptionsTest {
  private static final RaftOptions GOOD = RaftOptions.DEFAULT;

  private static void requireRefused(String message, Runnable options) {
    assertThat(message).doesNotContain("\n");
    assertThatThrownBy(options::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static Runnable timeouts(int min, int max, int heartbeat) {
    return () ->
        GOOD.withTimeouts(
            Duration.ofMillis(min), Duration.ofMillis(max), Duration.ofMillis(heartbeat));
  }

  private static Runnable bounds(long uncommitted, int reads, int command) {
    return () ->
        new RaftOptions(
            GOOD.electionTimeoutMin(),
            GOOD.electionTimeoutMax(),
            GOOD.heartbeatInterval(),
            GOOD.appendEntriesMax(),
            GOOD.appendBytesMax(),
            GOOD.appendsInflightMax(),
            uncommitted,
            reads,
            command,
            GOOD.segmentSizeBytes());
  }

  @Test
  void timeouts_must_be_a_range_that_heartbeats_fit_into() {
    requireRefused(
        "election timeouts must be a range, not PT1S to PT1S", timeouts(1000, 1000, 100));
    requireRefused(
        "three heartbeats of PT0.334S must fit into the shortest election timeout, PT1S",
        timeouts(1000, 2000, 334));
    requireRefused("no heartbeat", timeouts(1000, 2000, 0));
    requireRefused("no heartbeat", timeouts(1000, 2000, -1));
    timeouts(999, 1000, 333).run();
  }

  @Test
  void requests_must_be_able_to_carry_something() {
    requireRefused("a request must take at least one entry", () -> GOOD.withAppendLimits(0, 1, 1));
    requireRefused("a request must take at least one byte", () -> GOOD.withAppendLimits(1, 0, 1));
    requireRefused(
        "at least one request must be allowed under way", () -> GOOD.withAppendLimits(1, 1, 0));
    GOOD.withAppendLimits(1, 1, 1);
  }

  @Test
  void queues_must_have_room_for_one() {
    requireRefused("commands must be allowed a byte", bounds(10, 1, 0));
    requireRefused("one command must be allowed to wait", bounds(9, 1, 10));
    requireRefused("at least one read must be allowed to wait", bounds(10, 0, 10));
    bounds(10, 1, 10).run();
  }

  @Test
  void segments_must_hold_a_page() {
    requireRefused("segments need 4 KiB", () -> GOOD.withSegmentSizeBytes(4095));
    GOOD.withSegmentSizeBytes(4096);
  }
}
