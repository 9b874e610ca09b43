package dev.nucleusdb.bench.nucleus;

import dev.nucleusdb.bench.system.Place;
import dev.nucleusdb.bench.system.RaftNode;
import dev.nucleusdb.bench.system.Verdict;
import dev.nucleusdb.core.consensus.ReplicatedLog.ProposalResult;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Channels;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.network.Outgoing;
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
import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.netty.NettyNetwork;
import dev.nucleusdb.netty.NettyOptions;
import dev.nucleusdb.raft.RaftMember;
import dev.nucleusdb.raft.RaftOptions;
import dev.nucleusdb.raft.RaftRules;
import dev.nucleusdb.raft.group.GroupHost;
import dev.nucleusdb.raft.group.HostOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One node of ours with many groups, some of which it is to lead, as far as priorities can bring
/// it about. What it is asked to propose goes to one of these after the other.
public final class GroupsNode implements RaftNode {
  /// How many nodes there are.
  public static final int NODES = 3;

  private final NodeThread thread;
  private final FileDisk disk;
  private final NettyNetwork network;
  private final LocalNode node;
  private final List<RaftMember> members;
  private final Leaders leaders;
  private final int[] own;
  private final Counts counts;
  private final AtomicInteger next = new AtomicInteger();

  /// Which node is to lead a group.
  @FunctionalInterface
  public interface Leaders {
    /// The first node leads all.
    Leaders FIRST = group -> 0;

    /// The nodes take turns.
    Leaders SPREAD = group -> group % NODES;

    /// @param group from 0
    /// @return the node's index
    int of(int group);
  }

  /// What a node has done so far.
  private static final class Counts {
    final AtomicLong syncs = new AtomicLong();
    final AtomicLong messages = new AtomicLong();
  }

  private GroupsNode(
      NodeThread thread,
      FileDisk disk,
      NettyNetwork network,
      LocalNode node,
      List<RaftMember> members,
      Leaders leaders,
      int[] own,
      Counts counts) {
    this.thread = thread;
    this.disk = disk;
    this.network = network;
    this.node = node;
    this.members = members;
    this.leaders = leaders;
    this.own = own;
    this.counts = counts;
  }

  /// @param groupCount groups, numbered from 1
  /// @param sleepAfter when idle groups sleep; null for never
  public static GroupsNode start(
      Place place, int groupCount, @Nullable Duration sleepAfter, Leaders leaders) {
    NodeId id = new NodeId(place.index() + 1);
    List<Member> founders =
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
    RaftOptions options = RaftOptions.DEFAULT.withPriority(0).withSleepAfter(sleepAfter);
    int[] own =
        IntStream.range(0, groupCount).filter(i -> leaders.of(i) == place.index()).toArray();
    Counts counts = new Counts();
    List<RaftMember> members = new ArrayList<>();
    LocalNode node =
        LocalNode.start(
            id,
            clock,
            thread,
            new CountingNetwork(network, counts),
            disk,
            new SystemRandom(),
            new CountingTrace(counts),
            context -> new Groups(context, groupCount, founders, options, own, members));
    return new GroupsNode(thread, disk, network, node, members, leaders, own, counts);
  }

  /// Syncs so far.
  public long syncCount() {
    return counts.syncs.get();
  }

  /// Messages and packets sent so far, beats included.
  public long messageCount() {
    return counts.messages.get();
  }

  /// How many groups this node leads.
  public int ledCount() {
    return thread.call(() -> (int) members.stream().filter(m -> m.status().leading()).count());
  }

  /// How many groups sleep here.
  public int asleepCount() {
    return thread.call(() -> (int) members.stream().filter(RaftMember::isAsleep).count());
  }

  /// Asks groups for a read, so that they wake; `from` included, `to` not, from 0.
  public void wake(int from, int to) {
    thread.execute(() -> members.subList(from, to).forEach(member -> member.read(result -> {})));
  }

  /// Says that nobody needs what was applied.
  public void releaseAll() {
    thread.execute(() -> members.forEach(m -> m.released(m.status().appliedIndex())));
  }

  /// Hands every group to the node that is to lead it.
  public void yieldAll() {
    thread.execute(() -> {
      for (int group = 0; group < members.size(); group++) {
        NodeId heir = new NodeId(leaders.of(group) + 1);
        members.get(group).transferLeadership(heir, any -> {});
      }
    });
  }

  /// Whether this is the node's thread.
  public boolean isCurrent() {
    return thread.isCurrent();
  }

  /// Whether there is a group that this node is to lead.
  public boolean isLeader() {
    return own.length > 0;
  }

  /// Proposes in one group.
  ///
  /// @param group from 0
  public void propose(int group, byte[] entry, Verdict verdict) {
    if (thread.isCurrent()) {
      RaftMember member = members.get(group);
      member.propose(entry, result -> verdict.decided(result instanceof ProposalResult.Applied));
    } else if (!thread.offer(() -> propose(group, entry, verdict))) {
      verdict.decided(false);
    }
  }

  @Override
  public boolean leads() {
    return !node.hasEnded() && ledCount() == own.length;
  }

  @Override
  public void propose(byte[] entry, Verdict verdict) {
    propose(own[(next.getAndIncrement() & Integer.MAX_VALUE) % own.length], entry, verdict);
  }

  @Override
  public void handOver(int target) {
    thread.execute(
        () -> members.forEach(m -> m.transferLeadership(new NodeId(target + 1), outcome -> {})));
  }

  @Override
  public void close() {
    node.close();
    thread.close();
    network.close();
    disk.close();
  }

  private record Groups(List<RaftMember> members) implements Node {
    Groups(
        NodeContext context,
        int groupCount,
        List<Member> founders,
        RaftOptions options,
        int[] own,
        List<RaftMember> members) {
      this(members);
      GroupHost host =
          new GroupHost(
              context,
              new Channels(context.network()),
              HostOptions.DEFAULT,
              RaftRules.RAFT.log(),
              RaftRules.RAFT.group());
      RaftOptions preferred = options.withPriority(RaftOptions.PRIORITY_MAX);
      for (int group = 0; group < groupCount; group++) {
        boolean mine = Arrays.binarySearch(own, group) >= 0;
        members.add(
            new RaftMember(host, group + 1, founders, mine ? preferred : options, RaftRules.RAFT));
      }
    }

    @Override
    public void start() {
      members.forEach(member -> member.start(new CountingMachine(member, members.size())));
    }

    @Override
    public void stop() {
      members.forEach(RaftMember::stop);
    }
  }

  /// Nobody reads it; only syncs are counted.
  private record CountingTrace(Counts counts) implements Trace {
    @Override
    public boolean isRead() {
      return false;
    }

    @Override
    public void event(TraceKind kind, long a, long b, long c) {}

    @Override
    public void point(String name) {
      if (name.equals("raft.synced")) {
        counts.syncs.incrementAndGet();
      }
    }
  }

  private record CountingNetwork(Network network, Counts counts) implements Network {
    @Override
    public Address self() {
      return network.self();
    }

    @Override
    public boolean send(Address to, byte[] message) {
      counts.messages.incrementAndGet();
      return network.send(to, message);
    }

    @Override
    public boolean send(Address to, Outgoing message) {
      counts.messages.incrementAndGet();
      return network.send(to, message);
    }

    @Override
    public void flush() {
      network.flush();
    }

    @Override
    public void receive(Receiver receiver) {
      network.receive(receiver);
    }

    @Override
    public int maxMessageBytes() {
      return network.maxMessageBytes();
    }
  }
}
