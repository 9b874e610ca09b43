package dev.nucleusdb.scenarios.cluster;

import dev.nucleusdb.bitcask.Bitcask;
import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.node.ReplacingNode;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.database.node.DatabaseNode;
import dev.nucleusdb.raft.RaftMember;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.log.WriteAheadLog;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.sim.SimulatedNode;
import dev.nucleusdb.sim.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A database of several nodes in one world.
public final class Cluster implements ClusterView {
  private static final String STORE_DIRECTORY = "store";
  private static final List<String> DIRECTORIES = List.of(RaftMember.DIRECTORY, STORE_DIRECTORY);

  private final World world;
  private final Blueprint blueprint;
  private final List<Member> members = new ArrayList<>();
  private final Map<Integer, SimulatedNode> machines = new TreeMap<>();
  private final Map<Integer, RaftMember> rafts = new TreeMap<>();
  private final Map<Integer, StorageEngine> stores = new TreeMap<>();
  private final Map<Long, String> logPaths = new TreeMap<>();

  /// Adds `nodeCount` nodes, `n1` and on, to a world.
  public Cluster(World world, int nodeCount, Blueprint blueprint) {
    this.world = world;
    this.blueprint = blueprint;
    for (int i = 1; i <= nodeCount; i++) {
      members.add(new Member(new NodeId(i), new Address("n" + i)));
    }
    for (Member member : members) {
      int id = member.id().value();
      machines.put(id, world.addNode(member.id(), member.address(), this::build));
    }
    world.aim(this::leader);
    world.classifyMessages(new DatabaseMessages());
  }

  /// The node that leads in the highest term, if any does.
  public @Nullable String leader() {
    String leader = null;
    long highest = 0;
    for (int node : machines.keySet()) {
      ReplicatedLog.Status status = status(node);
      if (status != null && status.leading() && status.term() > highest) {
        highest = status.term();
        leader = "n" + node;
      }
    }
    return leader;
  }

  /// A node that cannot trust its files begins without them, if there are others to fill it.
  private Node build(NodeContext given) {
    NodeContext context = blueprint.seams().apply(given);
    return members.size() == 1
        ? buildDatabase(context)
        : new ReplacingNode(
            context,
            DIRECTORIES,
            words -> judgeSetAside(given.id().value(), words),
            this::buildDatabase);
  }

  /// Files that nothing has damaged are to be read.
  private void judgeSetAside(int node, String words) {
    if (!isDamaged(node)) {
      world.violate("start-failure", "n" + node + " sets aside what is whole: " + words);
    }
  }

  private DatabaseNode buildDatabase(NodeContext context) {
    int id = context.id().value();
    rafts.remove(id);
    stores.remove(id);
    return new DatabaseNode(
        context,
        members,
        blueprint.databaseOptions(),
        blueprint.executionRule().apply(context),
        this::openStore,
        channels -> {
          RaftMember raft =
              new RaftMember(
                  context, channels, members, blueprint.raftOptions(), blueprint.raftRules());
          rafts.put(id, raft);
          return raft;
        });
  }

  private StorageEngine openStore(NodeContext context) {
    StorageEngine opened =
        Bitcask.open(
            context.disk(),
            STORE_DIRECTORY,
            blueprint.bitcaskOptions(),
            blueprint.bitcaskRules(),
            context.random().fork("bitcask"),
            context.trace());
    StorageEngine wrapped = blueprint.store().apply(opened);
    stores.put(context.id().value(), wrapped);
    return wrapped;
  }

  /// Where the nodes are.
  public List<Address> addresses() {
    return members.stream().map(Member::address).toList();
  }

  @Override
  public List<Integer> nodes() {
    return List.copyOf(machines.keySet());
  }

  @Override
  public List<Integer> core() {
    return world.core().stream().map(node -> node.id().value()).toList();
  }

  @Override
  public boolean isDamaged(int node) {
    SimulatedNode machine = machines.get(node);
    return machine != null && world.isDamaged(machine);
  }

  @Override
  public ReplicatedLog.@Nullable Status status(int node) {
    RaftMember raft = isUp(node) ? rafts.get(node) : null;
    return raft == null ? null : raft.status();
  }

  @Override
  public boolean readsAlone(int node) {
    RaftMember raft = isUp(node) ? rafts.get(node) : null;
    return raft != null && raft.mayReadAlone();
  }

  @Override
  public @Nullable RaftLog log(int node) {
    RaftMember raft = isUp(node) ? rafts.get(node) : null;
    return raft == null ? null : raft.log();
  }

  @Override
  public @Nullable Configuration configuration(int node) {
    RaftMember raft = isUp(node) ? rafts.get(node) : null;
    return raft == null ? null : raft.membership().configuration();
  }

  @Override
  public @Nullable StorageEngine store(int node) {
    return isUp(node) ? stores.get(node) : null;
  }

  @Override
  public long durableLogBytes(int node, long segment) {
    SimulatedNode machine = machines.get(node);
    String path =
        logPaths.computeIfAbsent(
            segment, number -> WriteAheadLog.pathOf(RaftMember.DIRECTORY, number));
    return machine == null ? 0 : machine.disk().durableBytes(path);
  }

  private boolean isUp(int node) {
    SimulatedNode machine = machines.get(node);
    return machine != null && machine.isUp();
  }
}
