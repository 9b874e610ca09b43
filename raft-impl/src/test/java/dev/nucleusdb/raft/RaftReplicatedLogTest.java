package dev.nucleusdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.contract.ReplicatedLogContract;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Channels;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.raft.read.LeaseOptions;
import dev.nucleusdb.raft.snapshot.SnapshotOptions;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.CrashMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The contract, with [RaftMember] in a calm world.
class RaftReplicatedLogTest extends ReplicatedLogContract {
  private static final RaftOptions OPTIONS =
      new RaftOptions(
          Duration.ofMillis(200),
          Duration.ofMillis(400),
          Duration.ofMillis(40),
          16,
          1 << 16,
          4,
          1 << 20,
          64,
          100_000,
          4096,
          Duration.ofMillis(800),
          16,
          RaftOptions.PRIORITY_MAX,
          new SnapshotOptions(256, 8, 1 << 20),
          LeaseOptions.OFF);

  private final World world = new World(WorldOptions.calm(1));
  private final List<Member> members = new ArrayList<>();
  private final Set<String> cutOff = new TreeSet<>();
  private long crashCount;

  RaftReplicatedLogTest() {
    for (int i = 1; i <= MEMBER_COUNT; i++) {
      members.add(new Member(new NodeId(i), new Address("n" + i)));
    }
    for (Member member : members) {
      world.addNode(member.id(), member.address(), Carrier::new);
    }
    world.run(0);
  }

  @Override
  protected void onMember(int member, Consumer<ReplicatedLog> code) {
    List<Throwable> thrown = new ArrayList<>();
    world
        .node(new NodeId(member + 1))
        .call(node -> {
          try {
            code.accept(((Carrier) node).log);
          } catch (RuntimeException | AssertionError failure) {
            thrown.add(failure);
          }
        });
    for (Throwable failure : thrown) {
      throw new AssertionError(failure.getMessage(), failure);
    }
    requireCalm();
  }

  @Override
  protected Member name(int member) {
    return members.get(member);
  }

  @Override
  protected void elapse(Duration duration) {
    world.run(world.nowNanos() + duration.toNanos());
    requireCalm();
  }

  private void requireCalm() {
    assertThat(world.violation()).isNull();
    assertThat(world.halts()).isEmpty();
  }

  @Override
  protected void cut(int member) {
    cutOff.add("n" + (member + 1));
  }

  @Override
  protected void heal() {
    cutOff.clear();
  }

  @Override
  protected void crash(int member) {
    world.node(new NodeId(member + 1)).crash("test", CrashMode.MIXED, new SplitMix(++crashCount));
  }

  @Override
  protected void restart(int member) {
    world.node(new NodeId(member + 1)).start();
    requireCalm();
  }

  @Override
  protected int commandBytesMax() {
    return OPTIONS.commandBytesMax();
  }

  private final class Carrier implements Node {
    final RaftMember log;
    private final int number;

    Carrier(NodeContext context) {
      number = context.id().value() - 1;
      NodeContext cuttable =
          new NodeContext(
              context.id(),
              context.clock(),
              context.timers(),
              new CuttableNetwork(context.network()),
              context.disk(),
              context.random(),
              context.trace(),
              context.halt());
      Channels channels = new Channels(cuttable.network());
      log = new RaftMember(cuttable, channels, members, OPTIONS, RaftRules.RAFT);
    }

    @Override
    public void start() {
      log.start(machine(number));
    }

    @Override
    public void stop() {
      log.stop();
    }
  }

  /// Carries nothing to or from those who are cut off.
  private final class CuttableNetwork implements Network {
    private final Network network;

    CuttableNetwork(Network network) {
      this.network = network;
    }

    @Override
    public Address self() {
      return network.self();
    }

    @Override
    public boolean send(Address to, byte[] message) {
      return isCut(to) || network.send(to, message);
    }

    @Override
    public void receive(Receiver receiver) {
      network.receive((from, message) -> {
        if (!isCut(from)) {
          receiver.receive(from, message);
        }
      });
    }

    @Override
    public int maxMessageBytes() {
      return network.maxMessageBytes();
    }

    private boolean isCut(Address peer) {
      return cutOff.contains(self().name()) || cutOff.contains(peer.name());
    }
  }
}
