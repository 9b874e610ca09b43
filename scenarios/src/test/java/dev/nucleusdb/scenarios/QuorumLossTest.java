package dev.nucleusdb.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.node.ReplacingNode;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.database.node.DatabaseNode;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.KeyValue;
import dev.nucleusdb.raft.RaftRules;
import dev.nucleusdb.raft.group.GroupRule;
import dev.nucleusdb.raft.recovery.Survivor;
import dev.nucleusdb.scenarios.cluster.Blueprint;
import dev.nucleusdb.scenarios.cluster.Cluster;
import dev.nucleusdb.scenarios.workload.KeyValueClients;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.Halt;
import dev.nucleusdb.sim.SimulatedNode;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.fault.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Two of three nodes are lost. The leader's folder is made a cluster of its own by hand; then the
/// other two come back one after the other with what they had, and at last with empty disks.
class QuorumLossTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int WORLDS = 12;

  /// One world and what became of it.
  private static final class Story {
    final World world;
    final Cluster cluster;
    final KeyValueClients clients;
    private final Set<Integer> recovering = new TreeSet<>();
    private final List<SimulatedNode> lost = new ArrayList<>();
    private final SplitMix random;
    private SimulatedNode survivor;

    Story(long seed, RaftRules rules) {
      random = new SplitMix(seed);
      world =
          new World(
              WorldOptions.wild(seed)
                  .with(new FaultSource.Follow(Plan.EMPTY))
                  .lasting(Duration.ofSeconds(40), Duration.ofSeconds(12)));
      Blueprint blueprint =
          Blueprint.draw(random.fork("limits")).withRaftRules(rules).withSeams(this::recover);
      cluster = new Cluster(world, 3, blueprint);
      clients =
          new KeyValueClients(world, cluster.addresses(), 4, Duration.ofSeconds(4), 46 * SECOND);
      survivor = world.node(new NodeId(1));
    }

    /// Before its next start, the survivor's disk is worked on.
    private NodeContext recover(NodeContext context) {
      if (recovering.remove(context.id().value())) {
        Survivor left = Survivor.open(context.disk(), context.random().fork("recovery"));
        String reason = left.obstacle(context.id(), null);
        assertThat(reason).isNull();
        left.becomeCluster(context.id(), null, left.report(context.id(), 0));
        left.close();
      }
      return context;
    }

    /// @param second when the last of those who were lost comes back with what it had
    void run(int second) {
      at(6, this::loseMajority);
      at(7, () -> survivor.crash("power", CrashMode.PAGES, random.fork("survivor")));
      at(
          8,
          () -> {
            recovering.add(survivor.id().value());
            survivor.start();
          });
      at(16, () -> lost.getFirst().start());
      at(second, () -> lost.getLast().start());
      // One after the other: two empty disks under founders' names could found a cluster.
      at(26, () -> empty(lost.getFirst()));
      at(27, () -> takeIn(lost.subList(0, 1)));
      at(33, () -> empty(lost.getLast()));
      at(34, () -> takeIn(lost));
      world.run();
    }

    private void at(int second, Runnable task) {
      world.schedule(second * SECOND, task);
    }

    private void loseMajority() {
      String leader = String.valueOf(cluster.leader());
      for (SimulatedNode node : world.nodes()) {
        if (node.actor().name().equals(leader)) {
          survivor = node;
        } else {
          lost.add(node);
          node.crash("lost", CrashMode.KEEP, random.fork("lost"));
        }
      }
    }

    private void empty(SimulatedNode node) {
      node.crash("lost", CrashMode.KEEP, random.fork("empty"));
      node.disk().wipe();
      node.start();
    }

    private void takeIn(List<SimulatedNode> others) {
      List<Member> all = new ArrayList<>(List.of(memberOf(survivor)));
      others.forEach(node -> all.add(memberOf(node)));
      survivor.call(node -> databaseOf(node).log().changeMembership(all, List.of(), result -> {}));
    }

    private static Member memberOf(SimulatedNode node) {
      return new Member(node.id(), node.actor().address());
    }

    private static DatabaseNode databaseOf(Node node) {
      return node instanceof ReplacingNode replacing
          ? databaseOf(replacing.node())
          : (DatabaseNode) node;
    }

    Verdict verdict() {
      return LinearizabilityChecker.check(
          clients.history(), new KeyValue(Value.ABSENT), Limits.configurations(2_000_000));
    }
  }

  @Test
  void what_the_survivor_has_is_served_and_old_members_are_refused() {
    for (long seed = 1; seed <= WORLDS; seed++) {
      Story story = new Story(seed, RaftRules.RAFT);
      // At once or later: both together would be a majority of the cluster that was.
      story.run(seed % 2 == 0 ? 16 : 22);

      assertThat(story.world.violation()).as("seed %d", seed).isNull();
      assertThat(story.verdict()).as("seed %d", seed).isInstanceOf(Verdict.Valid.class);
      assertThat(story.world.halts())
          .as("seed %d", seed)
          .hasSize(2)
          .extracting(Halt::reason)
          .allMatch(reason -> reason.startsWith("the cluster was recovered without this node"));
      assertThat(story.clients.unservedSince(40 * SECOND)).as("seed %d", seed).isEmpty();
      for (int node : story.cluster.nodes()) {
        ReplicatedLog.Status status = story.cluster.status(node);
        assertThat(status).as("seed %d n%d", seed, node).isNotNull();
        assertThat(story.cluster.configuration(node)).hasToString("voters=(1 2 3)");
      }
    }
  }

  /// The fence is what refuses them: without it what they say is heard.
  @Test
  void without_the_fence_the_old_history_comes_back() {
    GroupRule hearsAll =
        new GroupRule() {
          @Override
          public boolean isOfCluster(long own, long other) {
            return true;
          }
        };
    int caught = 0;
    for (long seed = 1; seed <= 6; seed++) {
      Story story = new Story(seed, RaftRules.RAFT.withGroup(hearsAll));
      story.run(22);
      caught += story.world.violation() != null ? 1 : 0;
    }
    assertThat(caught).isEqualTo(6);
  }
}
