package dev.nucleusdb.sim.toy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.SimulatedNode;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.network.LinkModel;
import dev.nucleusdb.sim.network.NetworkProfile;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.MessageFate;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What must hold for every family of faults, each by itself in a world.
class FamilyTest {
  private static final Duration CHAOS = Duration.ofSeconds(10);
  private static final long SEED = 11;
  private static final long SETTLING_NANOS = 1_000_000_000;
  private static final long LATENCY_NANOS_MAX = 30_000_000;
  private static final int NODE_COUNT = 5;

  static List<FaultFamily> families() {
    return CounterWorld.survived().stream()
        .filter(family -> family.trigger() != FaultFamily.Trigger.NEVER)
        .filter(family -> !AT_THE_START.contains(family))
        .toList();
  }

  /// They strike calls and places that the toy passes a few times only, when it starts.
  private static final Set<FaultFamily> AT_THE_START =
      EnumSet.of(FaultFamily.READ_ERROR, FaultFamily.FOLDER_SYNC_FAILURE, FaultFamily.EXCEPTION);

  /// Begins and ends of faults that last, and what became of messages long after healing.
  private static final class Watch implements WorldObserver {
    final Map<String, Long> begins = new LinkedHashMap<>();
    final Map<String, Long> ends = new LinkedHashMap<>();
    final Set<String> heard = new TreeSet<>();
    final Set<MessageFate> fates = EnumSet.noneOf(MessageFate.class);
    long longestNanos;

    @Override
    public void onMessage(
        long sentNanos,
        Actor from,
        Actor to,
        int sizeBytes,
        byte firstByte,
        MessageFate fate,
        long endedNanos) {
      if (sentNanos > CHAOS.toNanos() + SETTLING_NANOS) {
        heard.add(from + ">" + to);
        fates.add(fate);
        longestNanos = Math.max(longestNanos, endedNanos - sentNanos);
      }
    }

    @Override
    public void onFaultBegin(long atNanos, PlanEntry entry) {
      begins.put(entry.name(), atNanos);
    }

    @Override
    public void onFaultEnd(long atNanos, PlanEntry entry) {
      ends.put(entry.name(), atNanos);
    }
  }

  private static WorldOptions options() {
    return WorldOptions.calm(SEED)
        .with(NetworkProfile.DEFAULT.with(LinkModel.STREAM))
        .lasting(CHAOS, Duration.ofSeconds(5));
  }

  private static World run(FaultSource faults, Watch watch) {
    World world = CounterWorld.of(options().with(faults));
    world.observe(watch);
    world.run();
    assertThat(world.violation()).isNull();
    return world;
  }

  private static FaultSource drawing(FaultFamily family) {
    FaultMix mix = FaultMix.full(SEED, EnumSet.of(family));
    double rate = Math.max(mix.rate(family), 0.02);
    long size = mix.sizeNanos(family);
    return new FaultSource.Draw(FaultMix.NONE.with(family, rate, size));
  }

  @ParameterizedTest
  @MethodSource("families")
  void a_family_strikes_is_recorded_and_followed_to_the_letter(FaultFamily family) {
    World drawn = run(drawing(family), new Watch());
    World undisturbed = run(new FaultSource.Draw(FaultMix.NONE), new Watch());
    Plan plan = Plan.parse(drawn.plan().toString());
    World followed = run(new FaultSource.Follow(plan), new Watch());

    assertThat(plan.entries())
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.family()).isEqualTo(family));
    assertThat(drawn.faultCounts().of(family)).isEqualTo(plan.entries().size());
    assertThat(drawn.digest()).isNotEqualTo(undisturbed.digest());
    assertThat(drawn.eventCount()).isPositive();
    assertThat(followed.digest()).isEqualTo(drawn.digest());
    assertThat(followed.plan()).isEqualTo(drawn.plan());
  }

  @ParameterizedTest
  @MethodSource("families")
  void without_its_entries_a_world_is_undisturbed(FaultFamily family) {
    World drawn = run(drawing(family), new Watch());
    World undisturbed = run(new FaultSource.Draw(FaultMix.NONE), new Watch());

    World emptied = run(new FaultSource.Follow(drawn.plan().keeping(entry -> false)), new Watch());

    assertThat(emptied.digest()).isEqualTo(undisturbed.digest());
  }

  @ParameterizedTest
  @MethodSource("families")
  void without_one_entry_the_others_are_as_they_were(FaultFamily family) {
    Plan plan = run(drawing(family), new Watch()).plan();
    for (int i = 0; i < plan.entries().size(); i += 1 + plan.entries().size() / 3) {
      Plan less = plan.without(plan.entries().get(i).name());
      Plan happened = run(new FaultSource.Follow(less), new Watch()).plan();
      assertThat(less.entries()).containsAll(happened.entries());
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void what_lasts_ends_when_it_should_and_at_the_latest_with_chaos(FaultFamily family) {
    Watch watch = new Watch();
    World world = run(drawing(family), watch);

    for (PlanEntry entry : world.plan().entries()) {
      if (family.lasts()) {
        long due = entry.atNanos() + entry.forNanos();
        assertThat(watch.ends)
            .as(entry.toString())
            .containsEntry(entry.name(), Math.min(due, CHAOS.toNanos()));
      }
      assertThat(watch.begins.get(entry.name())).isLessThanOrEqualTo(CHAOS.toNanos());
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void a_fault_that_would_last_for_ever_changes_nothing_after_healing(FaultFamily family) {
    Plan plan = run(drawing(family), new Watch()).plan();
    PlanEntry first = plan.entries().getFirst();
    if (!family.lasts()) {
      return;
    }
    Watch watch = new Watch();
    Plan endless = plan.keeping(first::equals).replacing(first.lasting(3_600_000_000_000L));

    World world = run(new FaultSource.Follow(endless), watch);

    assertThat(watch.ends).containsEntry(first.name(), CHAOS.toNanos());
    assertThat(gap(world)).isBetween(0L, 30L);
    assertThat(watch.fates).containsExactly(MessageFate.DELIVERED);
    assertThat(watch.heard).hasSize(NODE_COUNT * (NODE_COUNT - 1));
    assertThat(watch.longestNanos).isLessThan(LATENCY_NANOS_MAX);
  }

  /// How far the toys are apart in the end, in numbers; -1 if one is down. About a second of gossip
  /// is little: they hear each other again, and nobody is left behind.
  private static long gap(World world) {
    long highest = 0;
    long lowest = Long.MAX_VALUE;
    for (SimulatedNode node : world.nodes()) {
      if (!(node.running() instanceof CounterNode counter)) {
        return -1;
      }
      highest = Math.max(highest, counter.durable());
      lowest = Math.min(lowest, counter.durable());
    }
    return highest - lowest;
  }
}
