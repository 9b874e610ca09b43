package dev.nucleusdb.scenarios.groups;

import dev.nucleusdb.bitcask.Bitcask;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Channels;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.database.gateway.ClientCodec;
import dev.nucleusdb.database.node.DatabaseNode;
import dev.nucleusdb.raft.RaftMember;
import dev.nucleusdb.raft.group.GroupHost;
import dev.nucleusdb.raft.group.HostOptions;
import dev.nucleusdb.scenarios.cluster.Blueprint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// A node that is a member of every group but those that have left it: a database node for each,
/// whose logs share one host.
final class GroupedNode implements Node {
  private final NodeContext context;
  private final Placement placement;
  private final List<Member> members;
  private final Blueprint blueprint;
  private final IntFunction<Trace> traces;
  private final GroupHost host;
  private final Map<Integer, GroupNetwork> networks = new TreeMap<>();
  private final Map<Integer, DatabaseNode> databases = new TreeMap<>();
  private final Map<Integer, RaftMember> rafts = new TreeMap<>();
  private final Map<Integer, StorageEngine> stores = new TreeMap<>();

  /// @param absent whether a group has left the node
  /// @param traces where each group tells what it does
  GroupedNode(
      NodeContext context,
      Placement placement,
      List<Member> members,
      Blueprint blueprint,
      IntPredicate absent,
      IntFunction<Trace> traces) {
    this.context = context;
    this.placement = placement;
    this.members = members;
    this.blueprint = blueprint;
    this.traces = traces;
    Channels channels = new Channels(context.network());
    HostOptions limits =
        HostOptions.DEFAULT
            .withSegmentSizeBytes(blueprint.raftOptions().segmentSizeBytes())
            .withBeats(
                blueprint.raftOptions().heartbeatInterval(),
                blueprint.raftOptions().electionTimeoutMin());
    host =
        new GroupHost(
            context,
            channels,
            limits,
            blueprint.raftRules().log(),
            blueprint.raftRules().group(),
            traces);
    channels.claim(ClientCodec.REQUEST_CHANNEL, this::receive);
    for (int group = 1; group <= placement.groupCount(); group++) {
      if (!absent.test(group)) {
        databases.put(group, database(group));
      }
    }
  }

  /// A group leaves this node, which goes on.
  void leave(int group) {
    DatabaseNode leaver = databases.remove(group);
    if (leaver != null) {
      host.dismiss(group);
      networks.remove(group);
      rafts.remove(group);
      stores.remove(group);
      leaver.stop();
    }
  }

  /// It comes again. What of its files cannot be read is looked at when the node starts again.
  ///
  /// @param damaged whether something on this node was damaged: if not, log and store must fit
  void join(int group, BooleanSupplier damaged) {
    if (databases.containsKey(group)) {
      return;
    }
    DatabaseNode joiner = database(group);
    databases.put(group, joiner);
    try {
      joiner.start();
    } catch (CorruptionException e) {
      if (e.path().equals(RaftMember.DIRECTORY) && !damaged.getAsBoolean()) {
        throw e;
      }
      stop();
      context.halt().halt(String.valueOf(e.getMessage()));
    } catch (DiskException e) {
      stop();
      context.halt().halt("the disk failed: " + e.getMessage());
    }
  }

  private DatabaseNode database(int group) {
    GroupNetwork network = new GroupNetwork(context.network());
    networks.put(group, network);
    NodeContext own =
        new NodeContext(
            context.id(),
            context.clock(),
            context.timers(),
            network,
            context.disk(),
            context.random(),
            traces.apply(group),
            context.halt());
    return new DatabaseNode(
        own,
        members,
        blueprint.databaseOptions(),
        blueprint.executionRule().apply(own),
        opened -> openStore(opened, group),
        _ -> {
          RaftMember raft =
              new RaftMember(host, group, members, blueprint.raftOptions(), blueprint.raftRules());
          rafts.put(group, raft);
          return raft;
        });
  }

  private StorageEngine openStore(NodeContext own, int group) {
    StorageEngine opened =
        Bitcask.open(
            own.disk(),
            storeDirectory(group),
            blueprint.bitcaskOptions(),
            blueprint.bitcaskRules(),
            own.random().fork("bitcask"),
            own.trace());
    StorageEngine wrapped = blueprint.store().apply(opened);
    stores.put(group, wrapped);
    return wrapped;
  }

  static String storeDirectory(int group) {
    return "store-" + group;
  }

  @Nullable RaftMember raft(int group) {
    return rafts.get(group);
  }

  @Nullable StorageEngine store(int group) {
    return stores.get(group);
  }

  @Override
  public void start() {
    databases.values().forEach(DatabaseNode::start);
  }

  @Override
  public void stop() {
    databases.values().forEach(DatabaseNode::stop);
    host.close();
  }

  private void receive(Address from, byte[] message) {
    GroupNetwork network = networks.get(placement.groupOf(from));
    if (network != null && network.receiver != null) {
      network.receiver.receive(from, message);
    }
  }

  /// The network as one group's database sees it.
  private static final class GroupNetwork implements Network {
    private final Network network;
    private @Nullable Receiver receiver;

    GroupNetwork(Network network) {
      this.network = network;
    }

    @Override
    public Address self() {
      return network.self();
    }

    @Override
    public boolean send(Address to, byte[] message) {
      return network.send(to, message);
    }

    @Override
    public void receive(Receiver newReceiver) {
      receiver = newReceiver;
    }

    @Override
    public int maxMessageBytes() {
      return network.maxMessageBytes();
    }
  }
}
