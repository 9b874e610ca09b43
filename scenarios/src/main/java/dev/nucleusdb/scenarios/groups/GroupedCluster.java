package dev.nucleusdb.scenarios.groups;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.node.ReplacingNode;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.raft.RaftMember;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.log.WriteAheadLog;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.scenarios.cluster.Blueprint;
import dev.nucleusdb.scenarios.cluster.ClusterView;
import dev.nucleusdb.scenarios.cluster.Report;
import dev.nucleusdb.scenarios.invariant.Invariants;
import dev.nucleusdb.scenarios.membership.Configurations;
import dev.nucleusdb.sim.SimulatedNode;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Several nodes in one world, each a member of all groups but those that have left it for a while,
/// and what judges each group.
public final class GroupedCluster implements WorldObserver {
  private final World world;
  private final Blueprint blueprint;
  private final Placement placement;
  private final List<Member> members = new ArrayList<>();
  private final Map<Integer, SimulatedNode> machines = new TreeMap<>();
  private final Map<Integer, GroupedNode> nodes = new TreeMap<>();
  private final Map<Integer, View> views = new TreeMap<>();
  private final Map<Integer, Invariants> invariants = new TreeMap<>();

  /// By node: the groups that have left it.
  private final Map<Integer, TreeSet<Integer>> absent = new TreeMap<>();

  /// Adds `nodeCount` nodes, `n1` and on, to a world, and watches it.
  public GroupedCluster(World world, int nodeCount, Blueprint blueprint, Placement placement) {
    this.world = world;
    this.blueprint = blueprint;
    this.placement = placement;
    for (int i = 1; i <= nodeCount; i++) {
      members.add(new Member(new NodeId(i), new Address("n" + i)));
    }
    for (Member member : members) {
      int id = member.id().value();
      machines.put(id, world.addNode(member.id(), member.address(), this::build));
    }
    for (int group = 1; group <= placement.groupCount(); group++) {
      View view = new View(group);
      views.put(group, view);
      String name = "group " + group + ": ";
      Report report = (invariant, detail) -> world.violate(invariant, name + detail);
      invariants.put(group, new Invariants(view, report));
    }
    world.aim(this::leader);
    world.classifyMessages(new GroupMessages());
    world.knowsByDisk(name -> isKnownByItsDisk(Integer.parseInt(name.substring(1))));
    world.observe(this);
  }

  private Node build(NodeContext given) {
    NodeContext context = blueprint.seams().apply(given);
    List<String> directories = new ArrayList<>(List.of(RaftMember.DIRECTORY));
    for (int group = 1; group <= placement.groupCount(); group++) {
      directories.add(GroupedNode.storeDirectory(group));
    }
    return members.size() == 1
        ? buildGroups(context)
        : new ReplacingNode(
            context,
            directories,
            words -> judgeSetAside(given.id().value(), words),
            this::buildGroups);
  }

  /// Files that nothing has damaged are to be read.
  private void judgeSetAside(int node, String words) {
    SimulatedNode machine = machines.get(node);
    if (machine != null && !world.isDamaged(machine)) {
      world.violate("start-failure", "n" + node + " sets aside what is whole: " + words);
    }
  }

  private GroupedNode buildGroups(NodeContext context) {
    Actor actor = new Actor(0, new Address("n" + context.id().value()), context.id());
    GroupedNode node =
        new GroupedNode(
            context,
            placement,
            members,
            blueprint,
            group -> isAbsent(context.id().value(), group),
            group -> new GroupTrace(context.trace(), actor, group));
    nodes.put(context.id().value(), node);
    return node;
  }

  /// In a group that has forgotten it, an empty disk would be taken for the one that was lost.
  private boolean isKnownByItsDisk(int node) {
    return invariants.values().stream()
        .allMatch(group -> group.configurations().isKnownByItsDisk(node));
  }

  private boolean isAbsent(int node, int group) {
    return absent.getOrDefault(node, new TreeSet<>()).contains(group);
  }

  /// A group leaves a node, which goes on; does nothing if the node is down, or the group is not
  /// there.
  public void leave(int node, int group) {
    SimulatedNode machine = machines.get(node);
    if (machine == null || !machine.isUp() || raft(node, group) == null) {
      return;
    }
    sometimes("a group leaves a node that is out of it", !isMember(node, group));
    absent.computeIfAbsent(node, key -> new TreeSet<>()).add(group);
    machine.call(any -> {
      GroupedNode found = nodes.get(node);
      Invariants judges = invariants.get(group);
      if (found != null && judges != null) {
        found.leave(group);
        judges.onGroupLeft(node);
      }
    });
  }

  /// Whether a node takes part in a group, as far as the node knows.
  boolean isMember(int node, int group) {
    Configuration configuration = view(group).configuration(node);
    return configuration != null && configuration.isMember(new NodeId(node));
  }

  /// A group comes again to a node; if that is down, when it starts.
  public void join(int node, int group) {
    TreeSet<Integer> gone = absent.get(node);
    SimulatedNode machine = machines.get(node);
    if (gone == null || machine == null || !gone.remove(group) || !machine.isUp()) {
      return;
    }
    sometimes("a group comes again to a node that went on without it", true);
    machine.call(any -> {
      GroupedNode found = nodes.get(node);
      if (found != null) {
        found.join(group, () -> world.isDamaged(machine));
      }
    });
  }

  /// All groups come again to where they left.
  public void joinAll() {
    for (int node : machines.keySet()) {
      for (int group = 1; group <= placement.groupCount(); group++) {
        join(node, group);
      }
    }
  }

  /// The node that leads the first group in the highest term, if any does.
  public @Nullable String leader() {
    return leader(1);
  }

  /// The node that leads a group in the highest term, if any does.
  public @Nullable String leader(int group) {
    String leader = null;
    long highest = 0;
    for (int node : machines.keySet()) {
      ReplicatedLog.Status status = view(group).status(node);
      if (status != null && status.leading() && status.term() > highest) {
        highest = status.term();
        leader = "n" + node;
      }
    }
    return leader;
  }

  /// Where the nodes are.
  public List<Address> addresses() {
    return members.stream().map(Member::address).toList();
  }

  /// Who takes part in a group, as the logs say.
  public Configurations configurations(int group) {
    return Objects.requireNonNull(invariants.get(group), "no such group").configurations();
  }

  /// One group, as its invariants see it.
  public ClusterView view(int group) {
    ClusterView view = views.get(group);
    if (view == null) {
      throw new IllegalArgumentException("there is no group " + group);
    }
    return view;
  }

  /// Asks every node for a read of a group, so that whoever sleeps wakes.
  public void wake(int group) {
    machines.forEach((id, machine) -> {
      if (machine.isUp()) {
        machine.call(any -> {
          RaftMember raft = raft(id, group);
          if (raft != null) {
            raft.read(result -> {});
          }
        });
      }
    });
  }

  boolean isUp(int node) {
    SimulatedNode machine = machines.get(node);
    return machine != null && machine.isUp();
  }

  boolean sleeps(int node, int group) {
    RaftMember raft = raft(node, group);
    return raft != null && raft.isAsleep();
  }

  /// The members of a group that do not sleep, `n1` and so on.
  public List<String> awake(int group) {
    List<String> awake = new ArrayList<>();
    for (int node : machines.keySet()) {
      RaftMember raft = raft(node, group);
      if (raft != null && !raft.isAsleep()) {
        awake.add("n" + node);
      }
    }
    return awake;
  }

  /// The last look.
  public void end() {
    invariants.values().forEach(Invariants::end);
  }

  @Override
  public void onNodeDown(long atNanos, Actor actor, String reason) {
    invariants.values().forEach(group -> group.onNodeDown(atNanos, actor, reason));
  }

  private @Nullable RaftMember raft(int node, int group) {
    SimulatedNode machine = machines.get(node);
    GroupedNode found = machine == null || !machine.isUp() ? null : nodes.get(node);
    return found == null ? null : found.raft(group);
  }

  /// Tells the world, and the invariants of the group that it is about.
  private final class GroupTrace implements Trace {
    private final Trace trace;
    private final Actor actor;
    private final int group;

    GroupTrace(Trace trace, Actor actor, int group) {
      this.trace = trace;
      this.actor = actor;
      this.group = group;
    }

    @Override
    public void event(TraceKind kind, long a, long b, long c) {
      trace.event(kind, a, b, c);
      Invariants judges = invariants.get(group);
      if (judges != null) {
        judges.onTrace(world.nowNanos(), actor, kind, a, b, c);
      }
    }

    @Override
    public void point(String name) {
      trace.point(name);
    }
  }

  private final class View implements ClusterView {
    private final int group;

    View(int group) {
      this.group = group;
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
      RaftMember raft = raft(node, group);
      return raft == null ? null : raft.status();
    }

    @Override
    public @Nullable RaftLog log(int node) {
      RaftMember raft = raft(node, group);
      return raft == null ? null : raft.log();
    }

    @Override
    public @Nullable Configuration configuration(int node) {
      RaftMember raft = raft(node, group);
      return raft == null ? null : raft.membership().configuration();
    }

    @Override
    public @Nullable StorageEngine store(int node) {
      GroupedNode found = raft(node, group) == null ? null : nodes.get(node);
      return found == null ? null : found.store(group);
    }

    @Override
    public long durableLogBytes(int node, long segment) {
      SimulatedNode machine = machines.get(node);
      String path = WriteAheadLog.pathOf(RaftMember.DIRECTORY, segment);
      return machine == null ? 0 : machine.disk().durableBytes(path);
    }
  }
}
