package dev.nucleusdb.raft;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.raft.group.HostOptions;
import dev.nucleusdb.raft.read.LeaseOptions;
import dev.nucleusdb.raft.snapshot.SnapshotOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The limits of a member. Simulation draws them at their extremes.
///
/// @param electionTimeoutMin shortest silence of a leader before an election; default 1 s, extremes
///   50 ms to 2 s
/// @param electionTimeoutMax longest such silence, above the minimum; default 2 s
/// @param heartbeatInterval how often a leader speaks up; at most a third of the shortest election
///   timeout; default 100 ms
/// @param appendEntriesMax most entries in one request; default 1024, extremes 1 to 1024
/// @param appendBytesMax most command bytes in one request beyond its first entry; default 1 MiB,
///   extremes 1 byte to 1 MiB
/// @param appendsInflightMax most requests under way to one follower; default 64, extremes 1 to 256
/// @param uncommittedBytesMax most command bytes that wait to be committed before proposals are
///   refused; default 64 MiB
/// @param pendingReadsMax most reads that wait to be confirmed; default 65536
/// @param commandBytesMax the largest command; default 17 MiB
/// @param segmentSizeBytes size at which a file of the write-ahead log is sealed; default 64 MiB,
///   extremes 4 KiB to 64 MiB
/// @param diskStallMax how long one write may take before its member counts its disk as standing
///   still: it gives up leadership and does not campaign; at least the shortest election timeout;
///   default twice the longest election timeout, extremes one of them to an hour
/// @param transferLagMax how many entries the target of a transfer of leadership may lack when the
///   leader stops taking proposals for its sake; default 1024, extremes 0 to 1024
/// @param priority how soon this member campaigns, 0 to [#PRIORITY_MAX]: it waits half a random
///   election timeout longer for each step below the highest, so that it leads only when nobody of
///   a higher priority can; default the highest, extremes 0 to 2
/// @param snapshot when the log is cut, and how snapshots are sent
/// @param lease whether a leader may serve reads without a round; default not
/// @param sleepAfter how long a group must have had nothing to do before its leader puts it to
///   sleep; such groups sleep from the start, too, until they are asked something. Null for never;
///   default never, extremes a heartbeat to an hour
public record RaftOptions(
    Duration electionTimeoutMin,
    Duration electionTimeoutMax,
    Duration heartbeatInterval,
    int appendEntriesMax,
    int appendBytesMax,
    int appendsInflightMax,
    long uncommittedBytesMax,
    int pendingReadsMax,
    int commandBytesMax,
    long segmentSizeBytes,
    Duration diskStallMax,
    int transferLagMax,
    int priority,
    SnapshotOptions snapshot,
    LeaseOptions lease,
    @Nullable Duration sleepAfter) {

  /// Limits of a member whose group never sleeps.
  ///
  /// @throws IllegalArgumentException if the options contradict each other
  public RaftOptions(
      Duration electionTimeoutMin,
      Duration electionTimeoutMax,
      Duration heartbeatInterval,
      int appendEntriesMax,
      int appendBytesMax,
      int appendsInflightMax,
      long uncommittedBytesMax,
      int pendingReadsMax,
      int commandBytesMax,
      long segmentSizeBytes,
      Duration diskStallMax,
      int transferLagMax,
      int priority,
      SnapshotOptions snapshot,
      LeaseOptions lease) {
    this(
        electionTimeoutMin,
        electionTimeoutMax,
        heartbeatInterval,
        appendEntriesMax,
        appendBytesMax,
        appendsInflightMax,
        uncommittedBytesMax,
        pendingReadsMax,
        commandBytesMax,
        segmentSizeBytes,
        diskStallMax,
        transferLagMax,
        priority,
        snapshot,
        lease,
        null);
  }

  /// The highest priority.
  public static final int PRIORITY_MAX = 2;

  /// The defaults of production.
  public static final RaftOptions DEFAULT =
      new RaftOptions(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofMillis(100),
          1024,
          1 << 20,
          64,
          64L << 20,
          1 << 16,
          17 << 20,
          64L << 20,
          Duration.ofSeconds(4),
          1024,
          PRIORITY_MAX,
          SnapshotOptions.DEFAULT,
          LeaseOptions.OFF);

  /// @throws IllegalArgumentException if the options contradict each other
  public RaftOptions {
    require(
        electionTimeoutMin.compareTo(electionTimeoutMax) < 0,
        "election timeouts must be a range, not %s to %s",
        electionTimeoutMin,
        electionTimeoutMax);
    require(
        heartbeatInterval.multipliedBy(3).compareTo(electionTimeoutMin) <= 0,
        "three heartbeats of %s must fit into the shortest election timeout, %s",
        heartbeatInterval,
        electionTimeoutMin);
    require(!heartbeatInterval.isZero() && !heartbeatInterval.isNegative(), "no heartbeat");
    require(appendEntriesMax > 0, "a request must take at least one entry");
    require(appendBytesMax > 0, "a request must take at least one byte");
    require(appendsInflightMax > 0, "at least one request must be allowed under way");
    require(commandBytesMax > 0, "commands must be allowed a byte");
    require(uncommittedBytesMax >= commandBytesMax, "one command must be allowed to wait");
    require(pendingReadsMax > 0, "at least one read must be allowed to wait");
    require(segmentSizeBytes >= 4096, "segments need 4 KiB");
    require(
        diskStallMax.compareTo(electionTimeoutMin) >= 0,
        "a write must be allowed the shortest election timeout, %s, not %s",
        electionTimeoutMin,
        diskStallMax);
    require(transferLagMax >= 0, "a target cannot lack %d entries", transferLagMax);
    require(
        sleepAfter == null || sleepAfter.compareTo(heartbeatInterval) >= 0,
        "a group must be idle for a heartbeat, %s, before it sleeps",
        heartbeatInterval);
    require(
        priority >= 0 && priority <= PRIORITY_MAX,
        "a priority is 0 to %d, not %d",
        PRIORITY_MAX,
        priority);
  }

  /// An election timeout as long as this member's priority makes it.
  long scaledByPriority(long timeoutNanos) {
    return timeoutNanos + timeoutNanos / 2 * (PRIORITY_MAX - priority);
  }

  /// The limits of a node that has one group, with these.
  HostOptions ofLoneGroup() {
    return HostOptions.DEFAULT
        .withSegmentSizeBytes(segmentSizeBytes)
        .withBeats(heartbeatInterval, electionTimeoutMin);
  }

  /// These options with other timeouts; a write may take twice the longest of them.
  public RaftOptions withTimeouts(Duration electionMin, Duration electionMax, Duration heartbeat) {
    return new RaftOptions(
        electionMin,
        electionMax,
        heartbeat,
        appendEntriesMax,
        appendBytesMax,
        appendsInflightMax,
        uncommittedBytesMax,
        pendingReadsMax,
        commandBytesMax,
        segmentSizeBytes,
        electionMax.multipliedBy(2),
        transferLagMax,
        priority,
        snapshot,
        lease,
        sleepAfter);
  }

  /// These options with another shortest election timeout; the longest is twice that, a heartbeat a
  /// tenth of it, as they are by default.
  public RaftOptions withElectionTimeout(Duration shortest) {
    return withTimeouts(shortest, shortest.multipliedBy(2), shortest.dividedBy(10));
  }

  /// These options with other limits on requests.
  public RaftOptions withAppendLimits(int entriesMax, int bytesMax, int inflightMax) {
    return new RaftOptions(
        electionTimeoutMin,
        electionTimeoutMax,
        heartbeatInterval,
        entriesMax,
        bytesMax,
        inflightMax,
        uncommittedBytesMax,
        pendingReadsMax,
        commandBytesMax,
        segmentSizeBytes,
        diskStallMax,
        transferLagMax,
        priority,
        snapshot,
        lease,
        sleepAfter);
  }

  /// These options with other limits on commands, alone and together.
  public RaftOptions withCommandLimits(int bytesMax, long uncommittedMax) {
    return new RaftOptions(
        electionTimeoutMin,
        electionTimeoutMax,
        heartbeatInterval,
        appendEntriesMax,
        appendBytesMax,
        appendsInflightMax,
        uncommittedMax,
        pendingReadsMax,
        bytesMax,
        segmentSizeBytes,
        diskStallMax,
        transferLagMax,
        priority,
        snapshot,
        lease,
        sleepAfter);
  }

  /// These options with another segment size.
  public RaftOptions withSegmentSizeBytes(long sizeBytes) {
    return with(sizeBytes, diskStallMax, transferLagMax, priority, snapshot, lease, sleepAfter);
  }

  /// These options with another limit on how long a write may take.
  public RaftOptions withDiskStallMax(Duration stallMax) {
    return with(segmentSizeBytes, stallMax, transferLagMax, priority, snapshot, lease, sleepAfter);
  }

  /// These options with another limit on what the target of a transfer may lack.
  public RaftOptions withTransferLagMax(int entries) {
    return with(segmentSizeBytes, diskStallMax, entries, priority, snapshot, lease, sleepAfter);
  }

  /// These options with another priority.
  public RaftOptions withPriority(int ownPriority) {
    return with(
        segmentSizeBytes, diskStallMax, transferLagMax, ownPriority, snapshot, lease, sleepAfter);
  }

  /// These options with others for snapshots.
  public RaftOptions withSnapshot(SnapshotOptions others) {
    return with(
        segmentSizeBytes, diskStallMax, transferLagMax, priority, others, lease, sleepAfter);
  }

  /// These options with other leases.
  public RaftOptions withLease(LeaseOptions others) {
    return with(
        segmentSizeBytes, diskStallMax, transferLagMax, priority, snapshot, others, sleepAfter);
  }

  /// These options for groups that sleep when they have had nothing to do for so long; null for
  /// never.
  public RaftOptions withSleepAfter(@Nullable Duration idle) {
    return with(segmentSizeBytes, diskStallMax, transferLagMax, priority, snapshot, lease, idle);
  }

  private RaftOptions with(
      long sizeBytes,
      Duration stallMax,
      int lagMax,
      int ownPriority,
      SnapshotOptions snapshotOptions,
      LeaseOptions leaseOptions,
      @Nullable Duration idle) {
    return new RaftOptions(
        electionTimeoutMin,
        electionTimeoutMax,
        heartbeatInterval,
        appendEntriesMax,
        appendBytesMax,
        appendsInflightMax,
        uncommittedBytesMax,
        pendingReadsMax,
        commandBytesMax,
        sizeBytes,
        stallMax,
        lagMax,
        ownPriority,
        snapshotOptions,
        leaseOptions,
        idle);
  }
}
