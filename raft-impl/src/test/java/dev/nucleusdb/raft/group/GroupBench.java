package dev.nucleusdb.raft.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.consensus.ReplicatedLog.ProposalResult;
import dev.nucleusdb.core.consensus.SnapshotReader;
import dev.nucleusdb.core.consensus.SnapshotWriter;
import dev.nucleusdb.core.consensus.StateMachine;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Channels;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.raft.RaftMember;
import dev.nucleusdb.raft.RaftOptions;
import dev.nucleusdb.raft.RaftRules;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.CrashMode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Three nodes in a calm world, or another one, each with the same groups.
final class GroupBench {
  static final int NODE_COUNT = 3;

  private final World world;
  private final List<Member> members = new ArrayList<>();
  private final TreeMap<Integer, GroupNode> nodes = new TreeMap<>();
  private final TreeMap<String, Counter> counters = new TreeMap<>();
  private final RaftOptions options;
  private final int groupCount;

  /// How often a sync was completed, something appended to a file, and a message or packet sent, on
  /// any node.
  long syncCount;

  long writeCount;

  long sentCount;

  /// How many appends came while messages of the node waited for the end of its turn.
  long holdUpCount;

  int appliedCount;

  GroupBench(int groupCount, RaftOptions options) {
    this(WorldOptions.calm(1), groupCount, options);
  }

  GroupBench(WorldOptions worldOptions, int groupCount, RaftOptions options) {
    this.world = new World(worldOptions);
    this.groupCount = groupCount;
    this.options = options;
    for (int i = 1; i <= NODE_COUNT; i++) {
      members.add(new Member(new NodeId(i), new Address("n" + i)));
    }
    for (Member member : members) {
      world.addNode(member.id(), member.address(), GroupNode::new);
    }
    world.run(0);
  }

  World world() {
    return world;
  }

  RaftMember member(int node, int group) {
    return node(node).groups.get(group - 1);
  }

  GroupNode node(int node) {
    GroupNode found = nodes.get(node);
    assertThat(found).isNotNull();
    return Objects.requireNonNull(found);
  }

  void elapse(Duration time) {
    world.run(world.nowNanos() + time.toNanos());
    assertThat(world.violation()).isNull();
  }

  void crash(int node) {
    world.node(new NodeId(node)).crash("test", CrashMode.DROP, new SplitMix(node));
    nodes.remove(node);
  }

  /// A node has stopped itself.
  void lost(int node) {
    nodes.remove(node);
  }

  /// Its process is over, and its machine goes on.
  void stop(int node) {
    world.node(new NodeId(node)).stop();
    nodes.remove(node);
  }

  void start(int node) {
    world.node(new NodeId(node)).start();
  }

  /// A group leaves a node, which goes on.
  void leave(int node, int group) {
    world.node(new NodeId(node)).call(any -> node(node).host.dismiss(group));
  }

  /// It comes again.
  void join(int node, int group) {
    world.node(new NodeId(node)).call(any -> node(node).join(group));
  }

  /// The node that leads a group in the highest term; 0 if none does.
  int leader(int group) {
    int leader = 0;
    long term = 0;
    for (int node : nodes.keySet()) {
      if (member(node, group).status().leading() && member(node, group).status().term() > term) {
        leader = node;
        term = member(node, group).status().term();
      }
    }
    return leader;
  }

  /// Proposes at the leader of each of these groups, in one turn of each node.
  void propose(List<Integer> groups, String command) {
    for (int node : List.copyOf(nodes.keySet())) {
      List<Integer> led = groups.stream().filter(group -> leader(group) == node).toList();
      world
          .node(new NodeId(node))
          .call(any -> {
            for (int group : led) {
              member(node, group)
                  .propose(
                      command.getBytes(StandardCharsets.UTF_8),
                      result -> appliedCount += result instanceof ProposalResult.Applied ? 1 : 0);
            }
          });
    }
  }

  final class GroupNode implements Node {
    final List<RaftMember> groups = new ArrayList<>();
    final GroupHost host;
    private final int id;

    GroupNode(NodeContext given) {
      id = given.id().value();
      CountingNetwork network = new CountingNetwork(given.network());
      NodeContext context =
          new NodeContext(
              given.id(),
              given.clock(),
              given.timers(),
              network,
              counting(Disk.class, given.disk(), network),
              given.random(),
              new CountingTrace(given.trace()),
              given.halt());
      Channels channels = new Channels(context.network());
      HostOptions limits =
          HostOptions.DEFAULT
              .withSegmentSizeBytes(options.segmentSizeBytes())
              .withBeats(options.heartbeatInterval(), options.electionTimeoutMin());
      host = new GroupHost(context, channels, limits, RaftRules.RAFT.log(), GroupRule.RAFT);
      for (int group = 1; group <= groupCount; group++) {
        groups.add(member(group));
      }
      nodes.put(id, this);
    }

    @Override
    public void start() {
      for (int group = 1; group <= groupCount; group++) {
        groups.get(group - 1).start(counter(group));
      }
    }

    private RaftMember member(int group) {
      return new RaftMember(host, group, members, options, RaftRules.RAFT);
    }

    /// The state of a group is durable as it is applied.
    private Counter counter(int group) {
      return counters.computeIfAbsent(id + "/" + group, key -> new Counter());
    }

    void join(int group) {
      RaftMember again = member(group);
      groups.set(group - 1, again);
      again.start(counter(group));
    }

    long asleepCount() {
      return groups.stream().filter(RaftMember::isAsleep).count();
    }

    @Override
    public void stop() {
      groups.forEach(RaftMember::stop);
    }
  }

  /// A disk that counts what is appended to its files.
  private <T> T counting(Class<T> kind, T real, CountingNetwork network) {
    InvocationHandler counter =
        (proxy, method, arguments) -> {
          boolean append = method.getName().equals("append");
          writeCount += append ? 1 : 0;
          holdUpCount += append && network.waits ? 1 : 0;
          try {
            Object result = method.invoke(real, arguments);
            return result instanceof DiskFile file
                ? counting(DiskFile.class, file, network)
                : result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    ClassLoader loader = GroupBench.class.getClassLoader();
    return kind.cast(Proxy.newProxyInstance(loader, new Class<?>[] {kind}, counter));
  }

  private final class CountingTrace implements Trace {
    private final Trace trace;

    CountingTrace(Trace trace) {
      this.trace = trace;
    }

    @Override
    public void event(TraceKind kind, long a, long b, long c) {
      trace.event(kind, a, b, c);
    }

    @Override
    public void point(String name) {
      syncCount += name.equals("raft.synced") ? 1 : 0;
      trace.point(name);
    }
  }

  private final class CountingNetwork implements Network {
    private final Network network;
    boolean waits;

    CountingNetwork(Network network) {
      this.network = network;
    }

    @Override
    public Address self() {
      return network.self();
    }

    @Override
    public boolean send(Address to, byte[] message) {
      sentCount++;
      waits = true;
      return network.send(to, message);
    }

    @Override
    public void flush() {
      waits = false;
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

  /// Counts, and forgets at once what it has counted, but not how much that was.
  private static final class Counter implements StateMachine {
    private long appliedIndex;

    @Override
    public long appliedIndex() {
      return appliedIndex;
    }

    @Override
    public Object apply(long index, byte[] bytes, int offset, int size) {
      appliedIndex = index;
      return true;
    }

    @Override
    public SnapshotReader snapshot() {
      throw new UnsupportedOperationException("nobody lags so far");
    }

    @Override
    public SnapshotWriter receive() {
      throw new UnsupportedOperationException("nobody lags so far");
    }

    @Override
    public byte @Nullable [] snapshotMark() {
      return null;
    }
  }
}
