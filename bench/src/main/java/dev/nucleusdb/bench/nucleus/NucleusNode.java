package dev.nucleusdb.bench.nucleus;

import dev.nucleusdb.bench.system.Place;
import dev.nucleusdb.bench.system.RaftNode;
import dev.nucleusdb.bench.system.Verdict;
import dev.nucleusdb.core.consensus.ReplicatedLog.ProposalResult;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Channels;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.system.FileDisk;
import dev.nucleusdb.core.system.FileDiskOptions;
import dev.nucleusdb.core.system.LocalNode;
import dev.nucleusdb.core.system.NodeThread;
import dev.nucleusdb.core.system.NodeThreadOptions;
import dev.nucleusdb.core.system.SystemClock;
import dev.nucleusdb.core.system.SystemRandom;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.netty.NettyNetwork;
import dev.nucleusdb.netty.NettyOptions;
import dev.nucleusdb.raft.RaftMember;
import dev.nucleusdb.raft.RaftOptions;
import dev.nucleusdb.raft.RaftRules;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// One node of ours.
final class NucleusNode implements RaftNode {
  private static final int TERM_SECONDS = 10;

  private final NodeThread thread;
  private final FileDisk disk;
  private final NettyNetwork network;
  private final LocalNode node;
  private final RaftMember raft;

  /// As the node's thread has said last.
  private volatile boolean leading;

  private NucleusNode(
      NodeThread thread, FileDisk disk, NettyNetwork network, LocalNode node, RaftMember raft) {
    this.thread = thread;
    this.disk = disk;
    this.network = network;
    this.node = node;
    this.raft = raft;
  }

  /// @param watched puts something between the node and its disk, to watch what becomes durable
  static NucleusNode start(Place place, UnaryOperator<Disk> watched) {
    NodeId id = new NodeId(place.index() + 1);
    List<Member> members =
        IntStream.range(0, place.ports().size())
            .mapToObj(i -> new Member(new NodeId(i + 1), new Address(place.address(i))))
            .toList();
    SystemClock clock = new SystemClock(Duration.ofMillis(100));
    NodeThread thread =
        NodeThread.start(
            id.toString(),
            clock,
            NodeThreadOptions.DEFAULT,
            (reason, failure) -> System.err.println(id + " stops: " + reason));
    FileDisk disk = FileDisk.open(place.folder(), thread, FileDiskOptions.DEFAULT);
    NettyNetwork network =
        NettyNetwork.node(new Address(place.address(place.index())), thread, NettyOptions.DEFAULT);
    LocalNode node =
        LocalNode.start(
            id,
            clock,
            thread,
            network,
            watched.apply(disk),
            new SystemRandom(),
            Trace.NONE,
            context -> new LoneLog(context, members, place.electionTimeout()));
    return new NucleusNode(thread, disk, network, node, ((LoneLog) node.node()).raft);
  }

  /// What the look before this one has found: who looks again and again need not wait for a thread
  /// that is busy.
  @Override
  public boolean leads() {
    var _ = thread.offer(() -> leading = raft.status().leading());
    return !node.hasEnded() && leading;
  }

  @Override
  public long term() {
    CompletableFuture<Long> told = new CompletableFuture<>();
    thread.execute(() -> told.complete(raft.status().term()));
    return told.orTimeout(TERM_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void propose(byte[] entry, Verdict verdict) {
    if (thread.isCurrent()) {
      raft.propose(entry, result -> verdict.decided(result instanceof ProposalResult.Applied));
    } else if (!thread.offer(() -> propose(entry, verdict))) {
      verdict.decided(false);
    }
  }

  @Override
  public void handOver(int target) {
    thread.execute(() -> raft.transferLeadership(new NodeId(target + 1), outcome -> {}));
  }

  @Override
  public void close() {
    node.close();
    thread.close();
    network.close();
    disk.close();
  }

  /// A node that is nothing but its log.
  private static final class LoneLog implements Node {
    private final RaftMember raft;

    LoneLog(NodeContext context, List<Member> members, Duration electionTimeout) {
      this.raft =
          new RaftMember(
              context,
              new Channels(context.network()),
              members,
              RaftOptions.DEFAULT.withElectionTimeout(electionTimeout),
              RaftRules.RAFT);
    }

    @Override
    public void start() {
      raft.start(new CountingMachine(raft, 1));
    }

    @Override
    public void stop() {
      raft.stop();
    }
  }
}
