package dev.nucleusdb.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.fault.BranchingRandom;
import dev.nucleusdb.sim.fault.CounterRandom;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.toy.CounterWorld;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A world that leaves its course.
class BranchTest {
  private static final long SEED = 11;
  private static final long MIDDLE = 12_000_000_000L;

  private record Ended(long midpointDigest, long digest, Plan plan) {}

  private static Ended run(@Nullable Branch branch, @Nullable Plan plan) {
    WorldOptions options =
        WorldOptions.wild(SEED)
            .with(new FaultSource.Draw(FaultMix.draw(SEED, CounterWorld.survived())))
            .branching(branch);
    World world =
        CounterWorld.of(plan == null ? options : options.with(new FaultSource.Follow(plan)));
    long[] midpoint = {0};
    world.observe(
        new WorldObserver() {
          @Override
          public void onBranch(long atNanos, long digest) {
            assertThat(atNanos).isEqualTo(MIDDLE);
            midpoint[0] = digest;
          }
        });
    assertThat(world.run()).isNull();
    return new Ended(midpoint[0], world.digest(), world.plan());
  }

  @Test
  void a_branch_of_the_worlds_own_seed_is_the_world_itself() {
    assertThat(run(new Branch(MIDDLE, SEED), null).digest()).isEqualTo(run(null, null).digest());
  }

  @Test
  void branches_agree_up_to_the_moment_and_differ_after_it() {
    Ended own = run(new Branch(MIDDLE, SEED), null);
    Ended first = run(new Branch(MIDDLE, 1), null);
    Ended second = run(new Branch(MIDDLE, 2), null);
    assertThat(first.midpointDigest())
        .isNotZero()
        .isEqualTo(own.midpointDigest())
        .isEqualTo(second.midpointDigest());
    assertThat(List.of(own.digest(), first.digest(), second.digest())).doesNotHaveDuplicates();
    assertThat(entriesUntilMiddle(first)).isEqualTo(entriesUntilMiddle(own)).isNotEmpty();
    assertThat(first.plan().entries()).isNotEqualTo(own.plan().entries());
  }

  private static List<PlanEntry> entriesUntilMiddle(Ended ended) {
    return ended.plan().entries().stream()
        .filter(entry -> entry.family().trigger() == FaultFamily.Trigger.SCHEDULED)
        .filter(entry -> entry.atNanos() < MIDDLE)
        .toList();
  }

  @Test
  void a_branch_runs_again_digest_for_digest_from_its_seed_and_from_its_plan() {
    Branch branch = new Branch(MIDDLE, 5);
    Ended once = run(branch, null);
    assertThat(run(branch, null).digest()).isEqualTo(once.digest());
    assertThat(run(branch, once.plan()).digest()).isEqualTo(once.digest());
    assertThat(run(null, once.plan()).digest()).isNotEqualTo(once.digest());
    assertThat(once.plan().header()).containsEntry("branch-at", "12s");
    assertThat(once.plan().header()).containsEntry("branch-seed", "5");
  }

  @Test
  void a_joined_schedule_has_no_name_twice() {
    PlanEntry early = new PlanEntry(FaultFamily.PAUSE, "n1", 1, 3, 9, 0, "");
    PlanEntry late = new PlanEntry(FaultFamily.PAUSE, "n1", 2, 8, 9, 0, "");
    PlanEntry other = new PlanEntry(FaultFamily.PAUSE, "n1", 1, 7, 5, 0, "");
    assertThat(new Branch(5, 1).join(List.of(early, late), List.of(other)))
        .extracting(PlanEntry::name)
        .containsExactly("pause/n1/1", "pause/n1/1001");
    assertThat(new Branch(5, 1).join(List.of(early, late), List.of(early, late)))
        .containsExactly(early, late);
  }

  @Test
  void streams_and_numbers_by_ordinal_change_at_the_moment_whenever_they_were_taken() {
    boolean[] past = {false};
    BranchingRandom root = new BranchingRandom(new SplitMix(1), new SplitMix(2), () -> past[0]);
    CounterRandom numbers = new CounterRandom(root.fork("numbers"));
    assertThat(root.fork("a").fork(3).nextLong())
        .isEqualTo(new SplitMix(1).fork("a").fork(3).nextLong());
    assertThat(numbers.bits(9))
        .isEqualTo(new CounterRandom(new SplitMix(1).fork("numbers")).bits(9));
    past[0] = true;
    assertThat(root.fork("a").fork(3).nextLong())
        .isEqualTo(new SplitMix(2).fork("a").fork(3).nextLong());
    assertThat(numbers.bits(9))
        .isEqualTo(new CounterRandom(new SplitMix(2).fork("numbers")).bits(9));
  }
}
