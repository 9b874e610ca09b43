package dev.nucleusdb.scenarios.cluster;

import dev.nucleusdb.bitcask.BitcaskOptions;
import dev.nucleusdb.bitcask.BitcaskRules;
import dev.nucleusdb.bitcask.IndexKind;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.database.node.DatabaseOptions;
import dev.nucleusdb.database.node.ExecutionRule;
import dev.nucleusdb.raft.RaftOptions;
import dev.nucleusdb.raft.RaftRules;
import dev.nucleusdb.raft.read.LeaseOptions;
import dev.nucleusdb.raft.snapshot.SnapshotOptions;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What the nodes of a cluster are built from. The bug catalogue breaks nodes by changing one part.
///
/// @param raftOptions limits of Raft
/// @param raftRules decisions of Raft
/// @param bitcaskOptions limits of the store
/// @param bitcaskRules decisions of the store
/// @param databaseOptions limits of the node
/// @param executionRule decisions of the state machine, for a node's seams
/// @param seams wraps what a node is handed
/// @param store wraps the store that a node opens
public record Blueprint(
    RaftOptions raftOptions,
    RaftRules raftRules,
    BitcaskOptions bitcaskOptions,
    BitcaskRules bitcaskRules,
    DatabaseOptions databaseOptions,
    Function<NodeContext, ExecutionRule> executionRule,
    UnaryOperator<NodeContext> seams,
    UnaryOperator<StorageEngine> store) {

  /// A correct node with the given limits.
  public static Blueprint of(
      RaftOptions raftOptions, BitcaskOptions bitcaskOptions, DatabaseOptions databaseOptions) {
    return new Blueprint(
        raftOptions,
        RaftRules.RAFT,
        bitcaskOptions,
        BitcaskRules.DEFAULT,
        databaseOptions,
        context -> ExecutionRule.SESSIONS,
        UnaryOperator.identity(),
        UnaryOperator.identity());
  }

  /// A correct node whose limits are drawn, often at their extremes: batches of one entry, windows
  /// of one request, files of a few records. The hardest bugs hide behind comfortable limits.
  public static Blueprint draw(RandomSource random) {
    RaftOptions raft = drawHandover(drawRaft(random), random.fork("handover"));
    raft = drawSnapshots(raft, random.fork("snapshots"));
    raft = drawLease(raft, random.fork("lease"));
    return of(raft, drawBitcask(random), drawDatabase(random));
  }

  /// Entries, bytes and requests under way: one of them at an extreme, and never so that the
  /// cluster could not carry its clients.
  private static final int[][] APPEND_LIMITS = {
    {1, 1, 64}, {2, 256, 16}, {32, 1 << 20, 4}, {1024, 1 << 20, 1}, {1024, 1 << 20, 64}
  };

  private static RaftOptions drawRaft(RandomSource random) {
    long electionMillis = pick(random, 100, 150, 300, 500);
    int[] append = APPEND_LIMITS[random.nextInt(APPEND_LIMITS.length)];
    return RaftOptions.DEFAULT
        .withTimeouts(
            Duration.ofMillis(electionMillis),
            Duration.ofMillis(
                electionMillis + pick(random, 60, electionMillis, 2 * electionMillis)),
            Duration.ofMillis(electionMillis / pick(random, 3, 5, 10)))
        .withAppendLimits(append[0], append[1], append[2])
        .withSegmentSizeBytes(pick(random, 4096, 16 << 10, 1 << 20));
  }

  /// What came later has its own stream, so that older worlds keep the limits that they had.
  private static RaftOptions drawHandover(RaftOptions raft, RandomSource random) {
    long electionMillis = raft.electionTimeoutMax().toMillis();
    return raft.withDiskStallMax(
            Duration.ofMillis(pick(random, electionMillis, 2 * electionMillis, 3_600_000)))
        .withTransferLagMax((int) pick(random, 0, 4, 1024));
  }

  /// Half of all logs are cut early, so that who was away needs a snapshot, in few pieces or many.
  private static RaftOptions drawSnapshots(RaftOptions raft, RandomSource random) {
    long retained = pick(random, 0, 4 << 10, 64 << 20, 64 << 20);
    int piece = (int) pick(random, 1, 64, 1024, 256 << 10);
    long rate = pick(random, 64 << 10, 1 << 20, 1 << 30);
    return raft.withSnapshot(new SnapshotOptions(retained, piece, Math.max(rate, 10L * piece)));
  }

  /// Half of all clusters read by leases: short ones, which nobody need ever wait for, and such as
  /// outlast their leader. Clocks drift by a fifth at most.
  private static RaftOptions drawLease(RaftOptions raft, RandomSource random) {
    long election = raft.electionTimeoutMin().toMillis();
    long millis = pick(random, 0, 0, 0, election / 4, election, 3 * election);
    return raft.withLease(LeaseOptions.of(Duration.ofMillis(millis)));
  }

  private static BitcaskOptions drawBitcask(RandomSource random) {
    return BitcaskOptions.DEFAULT
        .withSegmentSizeBytes(pick(random, 512, 2048, 16 << 10, 1 << 20))
        .withMerge(
            0.1 + 0.7 * random.nextDouble(),
            (int) pick(random, 64, 1024, 64 << 10),
            (int) pick(random, 1, 2, 8))
        .withScrubSliceBytes((int) pick(random.fork("scrub"), 0, 256, 1024))
        .withIndex(random.fork("index").chance(0.25) ? IndexKind.HASH : IndexKind.ORDERED);
  }

  /// Some stores are seldom made durable, so that much of the log is needed after a crash.
  private static DatabaseOptions drawDatabase(RandomSource random) {
    int sessions = (int) pick(random, 8, 64, 10_000);
    Duration syncs = Duration.ofMillis(pick(random, 20, 200, 1000));
    boolean seldom = random.fork("seldom durable").chance(0.2);
    return new DatabaseOptions(
        1 << 16,
        sessions,
        seldom ? Duration.ofSeconds(8) : syncs,
        Duration.ofMillis(pick(random, 10, 50, 250)));
  }

  private static long pick(RandomSource random, long... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /// With other limits of Raft.
  public Blueprint withRaftOptions(RaftOptions options) {
    return new Blueprint(
        options,
        raftRules,
        bitcaskOptions,
        bitcaskRules,
        databaseOptions,
        executionRule,
        seams,
        store);
  }

  /// With other decisions of Raft.
  public Blueprint withRaftRules(RaftRules rules) {
    return new Blueprint(
        raftOptions,
        rules,
        bitcaskOptions,
        bitcaskRules,
        databaseOptions,
        executionRule,
        seams,
        store);
  }

  /// With leases that last three election timeouts, so that they outlast their leader.
  public Blueprint withLongLease() {
    Duration length = raftOptions.electionTimeoutMin().multipliedBy(3);
    return new Blueprint(
        raftOptions.withLease(LeaseOptions.of(length)),
        raftRules,
        bitcaskOptions,
        bitcaskRules,
        databaseOptions,
        executionRule,
        seams,
        store);
  }

  /// With other decisions of the store.
  public Blueprint withBitcaskRules(BitcaskRules rules) {
    return new Blueprint(
        raftOptions,
        raftRules,
        bitcaskOptions,
        rules,
        databaseOptions,
        executionRule,
        seams,
        store);
  }

  /// With other decisions of the state machine.
  public Blueprint withExecutionRule(Function<NodeContext, ExecutionRule> rule) {
    return new Blueprint(
        raftOptions, raftRules, bitcaskOptions, bitcaskRules, databaseOptions, rule, seams, store);
  }

  /// With wrapped seams.
  public Blueprint withSeams(UnaryOperator<NodeContext> wrapper) {
    return new Blueprint(
        raftOptions,
        raftRules,
        bitcaskOptions,
        bitcaskRules,
        databaseOptions,
        executionRule,
        wrapper,
        store);
  }

  /// With a wrapped store.
  public Blueprint withStore(UnaryOperator<StorageEngine> wrapper) {
    return new Blueprint(
        raftOptions,
        raftRules,
        bitcaskOptions,
        bitcaskRules,
        databaseOptions,
        executionRule,
        seams,
        wrapper);
  }
}
