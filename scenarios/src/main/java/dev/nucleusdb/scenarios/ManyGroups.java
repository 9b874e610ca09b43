package dev.nucleusdb.scenarios;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.KeyValue;
import dev.nucleusdb.linearizability.report.VerdictReport;
import dev.nucleusdb.scenarios.cluster.Blueprint;
import dev.nucleusdb.scenarios.groups.GroupOperator;
import dev.nucleusdb.scenarios.groups.GroupedCluster;
import dev.nucleusdb.scenarios.groups.Hibernation;
import dev.nucleusdb.scenarios.groups.Placement;
import dev.nucleusdb.scenarios.groups.Sleepers;
import dev.nucleusdb.scenarios.invariant.Liveness;
import dev.nucleusdb.scenarios.invariant.OutsideLeadership;
import dev.nucleusdb.scenarios.invariant.Vacuity;
import dev.nucleusdb.scenarios.membership.Configurations;
import dev.nucleusdb.scenarios.temper.Temperaments;
import dev.nucleusdb.scenarios.workload.KeyValueClients;
import dev.nucleusdb.scenarios.workload.LeadershipTransfers;
import dev.nucleusdb.scenarios.workload.MembershipChanges;
import dev.nucleusdb.scenarios.workload.OperationCounts;
import dev.nucleusdb.scenarios.workload.OperationLog;
import dev.nucleusdb.scenarios.workload.WantedMembers;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.ambush.Temper;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.trace.Violation;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Two to eight groups on the same nodes, some busy, some asked now and then, that sleep when
/// nobody asks. Each changes its voters and its leader by itself, and may leave a node for a while.
/// First faults strike; then they end, and every group must serve, agree, and sleep.
public final class ManyGroups implements Scenario {
  private static final Duration QUIET = Duration.ofSeconds(5);

  /// From here on nobody but the one who wakes all groups asks anything.
  private static final Duration WOKEN = Duration.ofSeconds(4);

  private static final Duration GRACE = Duration.ofSeconds(6);
  private static final Duration GRACE_STEP = Duration.ofMillis(100);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration REIGN_BEGINS = Duration.ofSeconds(1);

  /// How long a wish for other members may be on its way, or wait for somebody to catch up.
  private static final Duration LATE_WISH = Duration.ofSeconds(20);

  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final long CONFIGURATIONS_MAX = 2_000_000;
  private static final double SELDOM_MILLIS_MEAN = 3000;
  private static final double REST_MILLIS_MEAN = 30_000;
  private static final int[] SLEEP_AFTER_HEARTBEATS = {1, 3, 10};

  @Override
  public String name() {
    return "many-groups";
  }

  @Override
  public String description() {
    return "several groups on the same nodes, busy and idle, which share log, sync and packets and"
        + " sleep when nobody asks; each judged as a lone one";
  }

  @Override
  public List<String> ownChecks() {
    return List.of(Hibernation.class.getSimpleName(), Sleepers.class.getSimpleName());
  }

  @Override
  public WorldResult run(
      ScenarioOptions options, long seed, @Nullable Plan plan, List<WorldObserver> observers) {
    World world = new World(worldOptions(options, seed, plan));
    Run run = new Run(world, options, seed);
    observers.forEach(world::observe);
    world.run();
    Judgement judgement = run.judge();
    return new WorldResult(
        seed,
        world.violation(),
        judgement.evidence(),
        world.digest(),
        world.eventCount(),
        Duration.ofNanos(world.nowNanos()),
        run.counts(),
        world.faultCounts(),
        world.plan(),
        run.log(),
        judgement.undecided());
  }

  private static WorldOptions worldOptions(
      ScenarioOptions options, long seed, @Nullable Plan plan) {
    // In half of the worlds everything can be healed, and is: only there must all groups sleep.
    boolean heals = !options.beyond() && new SplitMix(seed).fork("heals").chance(0.5);
    Set<FaultFamily> families = EnumSet.noneOf(FaultFamily.class);
    families.addAll(options.families());
    families.removeIf(family -> heals && family.harm() != FaultFamily.Harm.NONE);
    FaultSource faults =
        plan == null
            ? Temperaments.draw(seed, families, options.temper())
            : new FaultSource.Follow(plan);
    WorldOptions wild = WorldOptions.wild(seed);
    return (heals ? wild.withCoreShare(0) : wild)
        .with(faults)
        .withBeyond(options.beyond())
        .lasting(options.chaos(), ScenarioOptions.HEALING)
        .branching(options.branch());
  }

  private record Judgement(String evidence, boolean undecided) {}

  /// One world.
  private static final class Run {
    private final World world;
    private final ScenarioOptions options;
    private final Placement placement;
    private final GroupedCluster cluster;
    private final Map<Integer, KeyValueClients> clients = new TreeMap<>();
    private final Map<Integer, OutsideLeadership> outside = new TreeMap<>();

    Run(World world, ScenarioOptions options, long seed) {
      this.world = world;
      this.options = options;
      RandomSource draw = new SplitMix(seed).fork("limits");
      Blueprint drawn = sleepy(Blueprint.draw(draw), draw.fork("sleep"));
      Blueprint blueprint = options.bug() == null ? drawn : options.bug().plant(drawn);
      placement = Placement.draw(draw.fork("groups"), options.clientCount());
      cluster = new GroupedCluster(world, options.nodeCount(), blueprint, placement);
      long stop = options.duration().minus(QUIET).toNanos();
      double thinkMillisMean =
          mayRest() && draw.fork("rest").chance(0.5) ? REST_MILLIS_MEAN : SELDOM_MILLIS_MEAN;
      for (int group = 1; group <= placement.groupCount(); group++) {
        KeyValueClients own =
            new KeyValueClients(
                world,
                cluster.addresses(),
                placement.firstClientOf(group),
                placement.clientsOf(group),
                group > placement.busyCount() ? thinkMillisMean : 0,
                PATIENCE,
                stop);
        clients.put(group, own);
        outside.put(group, new OutsideLeadership(cluster.view(group)));
      }
      administer();
      long begin = options.chaos().plus(REIGN_BEGINS).toNanos();
      for (long at = begin; at < stop; at += LOOK.toNanos()) {
        world.schedule(at, () -> outside.values().forEach(OutsideLeadership::look));
      }
      Sleepers sleepers =
          new Sleepers(cluster, placement.groupCount(), options.chaos().toNanos(), world::violate);
      for (long at = 0; at < options.duration().toNanos(); at += LOOK.toNanos()) {
        long now = at;
        world.schedule(at, () -> sleepers.look(now));
      }
      world.schedule(options.duration().minus(WOKEN).toNanos(), this::wakeAll);
      world.watchProgress(() -> counts().ok(), stop);
    }

    /// Whether groups may be left alone for long, so that what has gone wrong there is not covered
    /// up by what is written next: in worlds of a temperament, where little else goes wrong.
    private boolean mayRest() {
      return world.options().faults() instanceof FaultSource.Draw(var _, Temper temper)
          && !temper.equals(Temper.EVEN);
    }

    /// Each group has administrators of its own.
    private void administer() {
      long stop = options.chaos().toNanos();
      Map<Integer, MembershipChanges> changes = new TreeMap<>();
      for (int group = 1; group <= placement.groupCount(); group++) {
        int own = group;
        List<Address> nodes = cluster.addresses();
        new LeadershipTransfers(world, group, nodes, stop);
        changes.put(
            group, new MembershipChanges(world, group, nodes, () -> cluster.leader(own), stop));
      }
      new GroupOperator(world, cluster, placement.groupCount(), stop);
      if (changes.values().stream().anyMatch(MembershipChanges::isThere)) {
        decideBy(changes);
      }
    }

    /// The core must be a quorum of whatever configuration of any group can still come into force
    /// once chaos has ended.
    private void decideBy(Map<Integer, MembershipChanges> changes) {
      long since = options.chaos().minus(LATE_WISH).toNanos();
      world.decideOtherwise(
          WantedMembers.voterCountMin(options.nodeCount()),
          names -> {
            IntPredicate healed = id -> names.contains("n" + id);
            return changes.entrySet().stream()
                .allMatch(own ->
                    cluster.configurations(own.getKey()).inForce().stream()
                            .allMatch(next -> Configurations.isQuorum(next, healed))
                        && own.getValue().wishedSince(since).stream()
                            .allMatch(wish -> wish.isQuorum(healed)));
          });
    }

    private static Blueprint sleepy(Blueprint drawn, RandomSource random) {
      Duration heartbeat = drawn.raftOptions().heartbeatInterval();
      int heartbeats = SLEEP_AFTER_HEARTBEATS[random.nextInt(SLEEP_AFTER_HEARTBEATS.length)];
      return drawn.withRaftOptions(
          drawn.raftOptions().withSleepAfter(heartbeat.multipliedBy(heartbeats)));
    }

    /// Members that were restarted sleep, and know little: all must come to know all.
    private void wakeAll() {
      for (int group = 1; group <= placement.groupCount(); group++) {
        cluster.wake(group);
      }
    }

    OperationCounts counts() {
      OperationCounts all = OperationCounts.NONE;
      for (KeyValueClients own : clients.values()) {
        all = all.plus(own.counts());
      }
      return all;
    }

    OperationLog log() {
      return OperationLog.merged(clients.values().stream().map(KeyValueClients::log).toList());
    }

    Judgement judge() {
      if (world.violation() == null && !options.beyond()) {
        settle();
        clients.forEach((group, own) ->
            Liveness.check(
                cluster.view(group),
                unserved(group, own),
                (invariant, detail) -> world.violate(invariant, "group " + group + ": " + detail)));
        if (!isLedFromOutside()) {
          Hibernation.check(cluster, placement.groupCount(), world::violate);
        }
        refuseVacuity();
      }
      if (world.violation() == null) {
        cluster.end();
      }
      Violation found = world.violation();
      if (found != null && !found.invariant().equals("ReplicaAgreement")) {
        return new Judgement("", false);
      }
      return judgeHistories();
    }

    private Judgement judgeHistories() {
      boolean undecided = false;
      for (Map.Entry<Integer, KeyValueClients> own : clients.entrySet()) {
        Verdict verdict =
            LinearizabilityChecker.check(
                own.getValue().history(),
                new KeyValue(Value.ABSENT),
                Limits.configurations(CONFIGURATIONS_MAX));
        undecided |= verdict instanceof Verdict.Unknown;
        if (verdict instanceof Verdict.Invalid invalid) {
          String of = " of group " + own.getKey();
          world.violate(
              "Linearizability", "no order explains the operations on " + invalid.key() + of);
          return new Judgement(VerdictReport.text(invalid), undecided);
        }
      }
      return new Judgement("", undecided);
    }

    private void settle() {
      long lastNanos = world.nowNanos() + GRACE.toNanos();
      while (world.nowNanos() < lastNanos && world.violation() == null && !isSettled()) {
        world.run(world.nowNanos() + GRACE_STEP.toNanos());
      }
    }

    private boolean isSettled() {
      boolean settled = Hibernation.holds(cluster, placement.groupCount());
      for (Map.Entry<Integer, KeyValueClients> own : clients.entrySet()) {
        List<String> unserved = own.getValue().unservedSince(options.chaos().toNanos());
        settled &= Liveness.holds(cluster.view(own.getKey()), unserved);
      }
      return settled;
    }

    private boolean isLedFromOutside() {
      return outside.values().stream().anyMatch(OutsideLeadership::seen);
    }

    private List<String> unserved(int group, KeyValueClients own) {
      List<String> unserved = own.unservedSince(options.chaos().toNanos());
      OutsideLeadership seen = outside.get(group);
      boolean excused =
          sometimes(
              "a client waits for a leader outside of the core",
              !unserved.isEmpty() && seen != null && seen.seen());
      return excused ? List.of() : unserved;
    }

    private void refuseVacuity() {
      if (world.options().faults() instanceof FaultSource.Draw) {
        Vacuity.check(counts().ok(), options.clientCount(), false, 0, world::violate);
      }
    }
  }
}
