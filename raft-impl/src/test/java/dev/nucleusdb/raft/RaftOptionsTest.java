package dev.nucleusdb.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.raft.read.LeaseOptions;
import dev.nucleusdb.raft.snapshot.SnapshotOptions;
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
            GOOD.segmentSizeBytes(),
            GOOD.diskStallMax(),
            GOOD.transferLagMax(),
            GOOD.priority(),
            GOOD.snapshot(),
            GOOD.lease());
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
  void leases_are_short_and_clocks_are_not_off_by_more_than_half() {
    requireRefused(
        "a lease lasts up to PT10S, not PT10.001S",
        () -> LeaseOptions.of(Duration.ofMillis(10_001)));
    requireRefused(
        "a lease lasts up to PT10S, not PT-0.001S", () -> LeaseOptions.of(Duration.ofMillis(-1)));
    requireRefused(
        "a clock may be off by 0 to 500000 millionths, not 500001",
        () -> new LeaseOptions(Duration.ofMillis(1), 500_001));
    requireRefused(
        "a clock may be off by 0 to 500000 millionths, not -1",
        () -> new LeaseOptions(Duration.ofMillis(1), -1));
  }

  @Test
  void who_waits_for_a_lease_waits_longer_than_any_clock_may_hold_it() {
    LeaseOptions lease = LeaseOptions.of(Duration.ofMillis(100));
    assertThat(lease.waitNanos()).isEqualTo(150_000_000);
    double heldTrue = lease.heldNanos() / 0.8;
    double waitedTrue = lease.waitNanos() / 1.2;
    assertThat(waitedTrue).isGreaterThanOrEqualTo(heldTrue);
    assertThat(LeaseOptions.OFF.waitNanos()).isZero();
    assertThat(lease.trueNanosMax(80)).isEqualTo(100);
  }

  @Test
  void snapshots_must_be_able_to_move() {
    requireRefused(
        "ten pieces of 100 bytes must be allowed in a second, not 999 bytes",
        () -> new SnapshotOptions(0, 100, 999));
    requireRefused("a piece must take at least one byte", () -> new SnapshotOptions(0, 0, 999));
    requireRefused("a log cannot have -1 bytes", () -> new SnapshotOptions(-1, 1, 999));
    assertThat(new SnapshotOptions(0, 100, 1000).pauseNanos()).isEqualTo(100_000_000);
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
  void a_disk_must_be_allowed_an_election_timeout_for_a_write() {
    requireRefused(
        "a write must be allowed the shortest election timeout, PT1S, not PT0.999S",
        () -> GOOD.withDiskStallMax(Duration.ofMillis(999)));
    GOOD.withDiskStallMax(Duration.ofSeconds(1));
    assertThat(
            GOOD.withTimeouts(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(10))
                .diskStallMax())
        .isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void one_timeout_gives_the_others_in_the_proportion_of_the_defaults() {
    assertThat(RaftOptions.DEFAULT.withElectionTimeout(Duration.ofSeconds(1)))
        .isEqualTo(RaftOptions.DEFAULT);
    assertThat(RaftOptions.DEFAULT.withElectionTimeout(Duration.ofMillis(200)))
        .isEqualTo(
            RaftOptions.DEFAULT.withTimeouts(
                Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(20)));
  }

  @Test
  void a_target_may_lack_nothing_but_not_less() {
    requireRefused("a target cannot lack -1 entries", () -> GOOD.withTransferLagMax(-1));
    GOOD.withTransferLagMax(0);
  }

  @Test
  void a_lower_priority_waits_longer() {
    requireRefused("a priority is 0 to 2, not 3", () -> GOOD.withPriority(3));
    requireRefused("a priority is 0 to 2, not -1", () -> GOOD.withPriority(-1));
    assertThat(GOOD.scaledByPriority(100)).isEqualTo(100);
    assertThat(GOOD.withPriority(1).scaledByPriority(100)).isEqualTo(150);
    assertThat(GOOD.withPriority(0).scaledByPriority(100)).isEqualTo(200);
  }

  @Test
  void segments_must_hold_a_page() {
    requireRefused("segments need 4 KiB", () -> GOOD.withSegmentSizeBytes(4095));
    GOOD.withSegmentSizeBytes(4096);
  }
}
