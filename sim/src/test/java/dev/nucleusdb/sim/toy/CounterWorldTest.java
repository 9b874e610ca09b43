package dev.nucleusdb.sim.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.SimulatedNode;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.FaultCounts;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.trace.Happening;
import dev.nucleusdb.sim.trace.Recording;
import dev.nucleusdb.sim.trace.TraceWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A small system under everything that can happen to it.
class CounterWorldTest {
  private static final Set<FaultFamily> SURVIVED = CounterWorld.survived();

  private static WorldOptions wild(long seed) {
    return WorldOptions.wild(seed)
        .with(new FaultSource.Draw(FaultMix.draw(seed, SURVIVED)))
        .lasting(Duration.ofSeconds(20), Duration.ofSeconds(5));
  }

  private static World run(WorldOptions options) {
    World world = CounterWorld.of(options);
    world.run();
    assertThat(world.violation()).as("seed %d", options.seed()).isNull();
    return world;
  }

  @Test
  void worlds_of_many_seeds_break_no_law_and_reach_every_family_of_faults() {
    FaultCounts counts = new FaultCounts();
    for (long seed = 0; seed < 100; seed++) {
      World world = run(wild(seed));
      counts.add(world.faultCounts());
      assertThat(world.core()).as("seed %d", seed).allMatch(SimulatedNode::isUp);
    }
    assertThat(SURVIVED)
        .filteredOn(family -> family != FaultFamily.CHURN)
        .as("all but what needs a membership to change")
        .allSatisfy(family -> assertThat(counts.of(family)).isPositive());
  }

  @Test
  void the_same_seed_gives_the_same_world() {
    for (long seed = 0; seed < 10; seed++) {
      assertThat(run(wild(seed)).digest()).isEqualTo(run(wild(seed)).digest());
      assertThat(run(wild(seed)).digest()).isNotEqualTo(run(wild(seed + 1)).digest());
    }
  }

  @Test
  void following_what_happened_gives_the_same_world() {
    for (long seed = 0; seed < 40; seed++) {
      World drawn = run(wild(seed));
      Plan plan = Plan.parse(drawn.plan().toString());
      World followed = run(wild(seed).with(new FaultSource.Follow(plan)));
      assertThat(followed.digest()).as("seed %d", seed).isEqualTo(drawn.digest());
      assertThat(followed.plan()).isEqualTo(drawn.plan());
      assertThat(followed.faultCounts().toMap()).isEqualTo(drawn.faultCounts().toMap());
      assertThat(followed.eventCount()).isEqualTo(drawn.eventCount());
    }
  }

  @Test
  void damage_is_followed_to_the_letter_too() {
    Set<FaultFamily> damage = EnumSet.allOf(FaultFamily.class);
    damage.removeIf(family -> family.harm() == FaultFamily.Harm.NONE);
    damage.addAll(EnumSet.of(FaultFamily.MISREAD, FaultFamily.FLIPPED_READ, FaultFamily.CRASH));
    FaultCounts counts = new FaultCounts();
    for (long seed = 0; seed < 60; seed++) {
      World drawn =
          CounterWorld.of(wild(seed).with(new FaultSource.Draw(FaultMix.draw(seed, damage))));
      drawn.knowsByDisk(node -> true);
      drawn.run();
      World followed = CounterWorld.of(wild(seed).with(new FaultSource.Follow(drawn.plan())));
      followed.run();
      assertThat(followed.digest()).as("seed %d", seed).isEqualTo(drawn.digest());
      assertThat(followed.plan()).isEqualTo(drawn.plan());
      counts.add(drawn.faultCounts());
    }
    damage.removeAll(EnumSet.of(FaultFamily.MISREAD, FaultFamily.FLIPPED_READ));
    // The toy renames and deletes nothing and seldom cuts; stale blocks have no entries.
    damage.removeAll(EnumSet.of(FaultFamily.RENAME_ERROR, FaultFamily.DELETE_ERROR));
    damage.removeAll(EnumSet.of(FaultFamily.TRUNCATE_ERROR, FaultFamily.STALE_BLOCKS));
    assertThat(damage).allSatisfy(family -> assertThat(counts.of(family)).isPositive());
  }

  @Test
  void all_families_at_once_break_no_law() {
    for (long seed = 0; seed < 20; seed++) {
      FaultMix mix = FaultMix.full(seed, SURVIVED);
      run(wild(seed).with(new FaultSource.Draw(mix)));
    }
  }

  @Test
  void taking_an_entry_out_leaves_all_others_as_they_were() {
    for (long seed = 0; seed < 10; seed++) {
      Plan plan = run(wild(seed)).plan();
      for (int i = 0; i < plan.entries().size(); i += 1 + plan.entries().size() / 20) {
        Plan less = plan.without(plan.entries().get(i).name());
        Plan happened = run(wild(seed).with(new FaultSource.Follow(less))).plan();
        assertThat(less.entries()).containsAll(happened.entries());
      }
    }
  }

  @Test
  void a_recording_hands_out_what_the_text_trace_says() {
    World world = CounterWorld.of(wild(4));
    Recording recording = new Recording();
    List<String> lines = new ArrayList<>();
    world.observe(recording);
    world.observe(new TraceWriter(lines::add));
    world.run();
    List<String> again = new ArrayList<>();
    TraceWriter writer = new TraceWriter(again::add);
    recording.forEach(happening -> tell(happening, writer));
    assertThat(again).isEqualTo(lines).hasSizeGreaterThan(1_000);
  }

  private static void tell(Happening happening, TraceWriter writer) {
    switch (happening) {
      case Happening.Traced(var at, var actor, var kind, var a, var b, var c) ->
          writer.onTrace(at, actor, kind, a, b, c);
      case Happening.Carried m ->
          writer.onMessageOfType(
              m.type(),
              m.sentNanos(),
              m.from(),
              m.to(),
              m.sizeBytes(),
              m.firstByte(),
              m.fate(),
              m.atNanos());
      case Happening.FaultBegan(var at, var entry) -> writer.onFaultBegin(at, entry);
      case Happening.FaultEnded(var at, var entry) -> writer.onFaultEnd(at, entry);
      case Happening.NodeUp(var at, var node, var count) -> writer.onNodeUp(at, node, count);
      case Happening.NodeDown(var at, var node, var why) -> writer.onNodeDown(at, node, why);
      case Happening.NodePaused(var at, var node, var still) ->
          writer.onNodePaused(at, node, still);
      case Happening.Healed(var at) -> writer.onHeal(at);
      case Happening.Violated(var _, var violation) -> writer.onViolation(violation);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void every_careless_toy_is_caught_within_a_few_seeds(CounterNode.Bug bug) {
    for (long seed = 0; seed < 200; seed++) {
      World world = CounterWorld.of(wild(seed), bug);
      world.run();
      if (world.violation() != null) {
        assertThat(world.violation().invariant())
            .isEqualTo(
                bug == CounterNode.Bug.NO_CHECKSUM ? "no-invented-number" : "no-lost-number");
        return;
      }
    }
    fail("%s was not found", bug);
  }
}
