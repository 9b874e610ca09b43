package dev.nucleusdb.scenarios.workload;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.database.client.ClientOptions;
import dev.nucleusdb.database.client.DatabaseClient;
import dev.nucleusdb.sim.ClientContext;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An administrator who asks now and then that others take part, alive or not, up to date or not,
/// and whether or not its last wish came true. Only in worlds whose mix has `churn`, or whose plan
/// says so: elsewhere nobody notices that there might be one. Its wishes are operations of the
/// plan, as those of clients are. Where there are several groups, each has one of its own, `m1` and
/// on:
///
/// ```
///   operation/m1/3 at=9s do=members:1+2+4:5      1, 2 and 4 vote, 5 learns, 3 is out
/// ```
public final class MembershipChanges {
  private static final double NANOS_PER_MINUTE = 60e9;

  private static final ClientOptions OPTIONS =
      new ClientOptions(Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofMillis(20));

  private record Wish(long atNanos, WantedMembers members) {}

  private final World world;
  private final Address address;
  private final Supplier<@Nullable String> leader;
  private final int nodeCount;
  private final long stopNanos;
  private final double changesPerMinute;
  private final List<Wish> wishes = new ArrayList<>();
  private @Nullable ClientContext context;
  private @Nullable DatabaseClient client;
  private @Nullable ArrayDeque<PlanEntry> planned;
  private WantedMembers wanted;

  /// Adds the administrator to a world, if there is to be one.
  ///
  /// @param nodes where the cluster is
  /// @param leader the name of the node that leads, if any does
  /// @param stopNanos when it stops asking, in true time
  public MembershipChanges(
      World world, List<Address> nodes, Supplier<@Nullable String> leader, long stopNanos) {
    this(world, 1, nodes, leader, stopNanos);
  }

  /// Adds the administrator of one of several groups.
  ///
  /// @param group which one, from 1
  /// @param nodes where the cluster is
  /// @param leader the name of the node that leads the group, if any does
  /// @param stopNanos when it stops asking, in true time
  public MembershipChanges(
      World world,
      int group,
      List<Address> nodes,
      Supplier<@Nullable String> leader,
      long stopNanos) {
    this.world = world;
    this.address = new Address("m" + group);
    this.leader = leader;
    this.nodeCount = nodes.size();
    this.stopNanos = stopNanos;
    this.wanted = WantedMembers.all(nodeCount);
    boolean small = WantedMembers.voterCountMin(nodeCount) == nodeCount;
    this.changesPerMinute =
        !small && world.options().faults() instanceof FaultSource.Draw(FaultMix mix, var _)
            ? mix.rate(FaultFamily.CHURN)
            : 0;
    List<PlanEntry> entries = world.plannedOperations(address);
    if (entries != null) {
      entries.forEach(entry -> WantedMembers.parse(entry.detail()));
    }
    boolean isPlanned = entries != null && (!entries.isEmpty() || (!small && mayHaveWished()));
    if (changesPerMinute > 0 || isPlanned) {
      this.planned = entries == null ? null : new ArrayDeque<>(entries);
      join(nodes);
    }
  }

  /// Whether the world that a plan is of had an administrator, though perhaps one without a wish.
  private boolean mayHaveWished() {
    return world.options().faults() instanceof FaultSource.Follow(Plan plan)
        && plan.header().getOrDefault("mix", "").contains(FaultFamily.CHURN.label() + ":");
  }

  private void join(List<Address> nodes) {
    ClientContext seams = world.addClient(address);
    this.context = seams;
    this.client =
        new DatabaseClient(
            seams.clock(),
            seams.timers(),
            seams.network(),
            seams.random().fork("client"),
            nodes,
            OPTIONS);
    RandomSource random = seams.random().fork("wishes");
    world.schedule(0, () -> think(seams, random, 0));
  }

  /// Whether there is one.
  public boolean isThere() {
    return context != null;
  }

  /// What it has wished for since a moment of true time: a request may be under way for long.
  public List<WantedMembers> wishedSince(long nanos) {
    return wishes.stream().filter(wish -> wish.atNanos() >= nanos).map(Wish::members).toList();
  }

  private void think(ClientContext seams, RandomSource random, long number) {
    ArrayDeque<PlanEntry> plan = planned;
    if (plan == null) {
      double minutes = -StrictMath.log(1 - random.nextDouble()) / changesPerMinute;
      long at = seams.clock().monotonicNanos() + (long) (minutes * NANOS_PER_MINUTE);
      if (at < stopNanos) {
        seams.timers().at(at, () -> ask(seams, random, number + 1, at, draw(random)));
      }
      return;
    }
    PlanEntry next = plan.poll();
    if (next != null) {
      WantedMembers members = WantedMembers.parse(next.detail());
      seams
          .timers()
          .at(next.atNanos(), () -> ask(seams, random, next.number(), next.atNanos(), members));
    }
  }

  private WantedMembers draw(RandomSource random) {
    String name = leader.get();
    int leading = name == null ? 0 : Integer.parseInt(name.substring(1));
    return wanted.next(nodeCount, leading, random);
  }

  private void ask(
      ClientContext seams, RandomSource random, long number, long dueNanos, WantedMembers members) {
    DatabaseClient asking = client;
    if (asking == null) {
      return;
    }
    wanted = members;
    wishes.add(new Wish(world.nowNanos(), members));
    world.noteOperation(address, number, dueNanos, members.toString());
    asking.members(members.request(), answer -> think(seams, random, number));
  }
}
