package dev.nucleusdb.scenarios;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.linearizability.Counterexample;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.KeyValue;
import dev.nucleusdb.linearizability.report.VerdictReport;
import dev.nucleusdb.scenarios.cluster.Blueprint;
import dev.nucleusdb.scenarios.cluster.Cluster;
import dev.nucleusdb.scenarios.invariant.Invariants;
import dev.nucleusdb.scenarios.invariant.LeadersHearMajority;
import dev.nucleusdb.scenarios.invariant.Liveness;
import dev.nucleusdb.scenarios.invariant.OutsideLeadership;
import dev.nucleusdb.scenarios.invariant.Vacuity;
import dev.nucleusdb.scenarios.membership.Configurations;
import dev.nucleusdb.scenarios.temper.Temperaments;
import dev.nucleusdb.scenarios.workload.KeyValueClients;
import dev.nucleusdb.scenarios.workload.LeadershipTransfers;
import dev.nucleusdb.scenarios.workload.MembershipChanges;
import dev.nucleusdb.scenarios.workload.StaleReads;
import dev.nucleusdb.scenarios.workload.WantedMembers;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.ambush.Temper;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.trace.Violation;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The default scenario: a replicated key-value store, Raft over Bitcask, under every fault there
/// is. First faults strike; then they end, and the cluster must serve every client again and agree.
public final class ReplicatedKeyValue implements Scenario {
  /// How long before the end the clients fall silent, so that replicas can be compared.
  private static final Duration QUIET = Duration.ofSeconds(4);

  /// The judge's bound; far above what histories of this size need.
  private static final long CONFIGURATIONS_MAX = 2_000_000;

  /// How much longer than its duration a world may take to agree.
  private static final Duration GRACE = Duration.ofSeconds(4);

  private static final Duration GRACE_STEP = Duration.ofMillis(100);

  /// When a leader of the core should be there, counted from the end of chaos.
  private static final Duration REIGN_BEGINS = Duration.ofSeconds(1);

  private static final Duration LOOK = Duration.ofMillis(250);

  /// How long a wish for other members may be on its way, or wait for somebody to catch up.
  private static final Duration LATE_WISH = Duration.ofSeconds(20);

  /// How long a client tries one operation.
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  @Override
  public String name() {
    return "replicated-kv";
  }

  @Override
  public String description() {
    return "a replicated key-value store (Raft over Bitcask) under network, disk, crash and clock"
        + " faults; judged by named invariants and for linearizability";
  }

  @Override
  public List<String> ownChecks() {
    return List.of(LeadersHearMajority.class.getSimpleName());
  }

  @Override
  public WorldResult run(
      ScenarioOptions options, long seed, @Nullable Plan plan, List<WorldObserver> observers) {
    World world = new World(worldOptions(options, seed, plan));
    RandomSource draw = new SplitMix(seed).fork("limits");
    Blueprint drawn = Blueprint.draw(draw);
    Blueprint blueprint = options.bug() == null ? drawn : options.bug().plant(drawn);
    Cluster cluster = new Cluster(world, options.nodeCount(), blueprint);
    Invariants invariants = new Invariants(cluster, world::violate);
    world.observe(invariants);
    world.observe(new LeadersHearMajority(cluster, world::violate));
    world.knowsByDisk(
        name -> invariants.configurations().isKnownByItsDisk(Integer.parseInt(name.substring(1))));
    observers.forEach(world::observe);
    long endNanos = options.duration().toNanos();
    KeyValueClients clients =
        new KeyValueClients(
            world,
            cluster.addresses(),
            options.clientCount(),
            PATIENCE,
            endNanos - QUIET.toNanos());
    OutsideLeadership outside = watchLeaders(world, options, cluster);
    new LeadershipTransfers(world, cluster.addresses(), options.chaos().toNanos());
    new StaleReads(world, cluster.addresses(), endNanos - QUIET.toNanos());
    changeMembers(world, options, cluster, invariants.configurations());
    world.watchProgress(() -> clients.counts().ok(), endNanos - QUIET.toNanos());
    world.run();
    Judgement judgement = judge(world, options, cluster, clients, outside, invariants);
    return new WorldResult(
        seed,
        world.violation(),
        judgement.evidence(),
        world.digest(),
        world.eventCount(),
        Duration.ofNanos(world.nowNanos()),
        clients.counts(),
        world.faultCounts(),
        world.plan(),
        clients.log(),
        judgement.undecided(),
        judgement.counterexample());
  }

  /// Where the membership changes, the core must be a quorum of whatever configuration can still
  /// come into force once chaos has ended: of those in the logs, and of those wished for so late
  /// that a leader may still begin with them.
  private static void changeMembers(
      World world, ScenarioOptions options, Cluster cluster, Configurations configurations) {
    MembershipChanges changes =
        new MembershipChanges(
            world, cluster.addresses(), cluster::leader, options.chaos().toNanos());
    if (!changes.isThere()) {
      return;
    }
    long since = options.chaos().minus(LATE_WISH).toNanos();
    world.decideOtherwise(
        WantedMembers.voterCountMin(options.nodeCount()),
        names -> {
          IntPredicate healed = id -> names.contains("n" + id);
          return configurations.inForce().stream()
                  .allMatch(next -> Configurations.isQuorum(next, healed))
              && changes.wishedSince(since).stream().allMatch(wish -> wish.isQuorum(healed));
        });
  }

  private static WorldOptions worldOptions(
      ScenarioOptions options, long seed, @Nullable Plan plan) {
    FaultSource faults =
        plan == null
            ? Temperaments.draw(seed, options.families(), options.temper())
            : new FaultSource.Follow(plan);
    return WorldOptions.wild(seed)
        .with(faults)
        .withBeyond(options.beyond())
        .lasting(options.chaos(), ScenarioOptions.HEALING)
        .branching(options.branch());
  }

  private record Judgement(
      String evidence, boolean undecided, @Nullable Counterexample counterexample) {}

  private static Judgement judge(
      World world,
      ScenarioOptions options,
      Cluster cluster,
      KeyValueClients clients,
      OutsideLeadership outside,
      Invariants invariants) {
    if (world.violation() == null && !options.beyond()) {
      settle(world, options, cluster, clients);
      Liveness.check(cluster, unserved(options, clients, outside), world::violate);
      refuseVacuity(world, options, clients);
    }
    if (world.violation() == null) {
      invariants.end();
    }
    Violation found = world.violation();
    if (found != null && !found.invariant().equals("ReplicaAgreement")) {
      return new Judgement("", false, null);
    }
    Verdict verdict =
        LinearizabilityChecker.check(
            clients.history(),
            new KeyValue(Value.ABSENT),
            Limits.configurations(CONFIGURATIONS_MAX));
    return switch (verdict) {
      case Verdict.Valid _ -> new Judgement("", false, null);
      case Verdict.Unknown _ -> new Judgement("", true, null);
      case Verdict.Invalid invalid -> {
        world.violate("Linearizability", "no order explains the operations on " + invalid.key());
        yield new Judgement(VerdictReport.text(invalid), false, invalid.counterexample());
      }
    };
  }

  /// The end of a world is a moment like any other: a leader may have been elected just before it.
  /// Gives the cluster a little longer, if it needs it.
  private static void settle(
      World world, ScenarioOptions options, Cluster cluster, KeyValueClients clients) {
    long lastNanos = world.nowNanos() + GRACE.toNanos();
    while (world.nowNanos() < lastNanos
        && world.violation() == null
        && !Liveness.holds(cluster, clients.unservedSince(options.chaos().toNanos()))) {
      world.run(world.nowNanos() + GRACE_STEP.toNanos());
    }
  }

  /// Looks from soon after the end of chaos until the clients stop, four times a second.
  private static OutsideLeadership watchLeaders(
      World world, ScenarioOptions options, Cluster cluster) {
    OutsideLeadership outside = new OutsideLeadership(cluster);
    long end = options.duration().minus(QUIET).toNanos();
    for (long at = options.chaos().plus(REIGN_BEGINS).toNanos(); at < end; at += LOOK.toNanos()) {
      world.schedule(at, outside::look);
    }
    return outside;
  }

  private static List<String> unserved(
      ScenarioOptions options, KeyValueClients clients, OutsideLeadership outside) {
    List<String> unserved = clients.unservedSince(options.chaos().toNanos());
    boolean excused =
        sometimes(
            "a client waits for a leader outside of the core",
            !unserved.isEmpty() && outside.seen());
    return excused ? List.of() : unserved;
  }

  private static void refuseVacuity(World world, ScenarioOptions options, KeyValueClients clients) {
    if (!(world.options().faults() instanceof FaultSource.Draw)) {
      // A plan says itself how much happens.
      return;
    }
    boolean faultsExpected =
        world.options().faults() instanceof FaultSource.Draw(FaultMix mix, Temper temper)
            // What is left of a mix that was thinned may be a single fault that meets nobody.
            && temper.equals(Temper.EVEN)
            && mix.strengths().keySet().stream()
                .anyMatch(family -> family.trigger() == FaultFamily.Trigger.SCHEDULED);
    Vacuity.check(
        clients.counts().ok(),
        options.clientCount(),
        faultsExpected,
        world.faultCounts().total(),
        world::violate);
  }
}
