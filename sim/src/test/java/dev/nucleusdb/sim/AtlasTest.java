package dev.nucleusdb.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How far damage goes, and who is healed when chaos ends.
class AtlasTest {
  private static final FaultMix MUCH_ROT =
      FaultMix.NONE.with(FaultFamily.BIT_ROT, 600, 0).with(FaultFamily.LEAVE, 60, 0);

  private static TestBench damaged(WorldOptions options) {
    TestBench bench = new TestBench(options.with(new FaultSource.Draw(MUCH_ROT)), 5);
    for (int i = 0; i < 5; i++) {
      DiskFile file = bench.context(i).disk().open("log", Disk.OpenMode.CREATE);
      bench.context(i).disk().syncDirectory("");
      file.append(ByteBuffer.allocate(100));
      file.syncNow();
      file.append(ByteBuffer.allocate(1));
      file.syncNow();
    }
    bench.elapse(Duration.ofSeconds(40));
    return bench;
  }

  private static long damagedCount(TestBench bench) {
    return bench.world().nodes().stream().filter(bench.world()::isDamaged).count();
  }

  @Test
  void damage_stays_within_a_minority_and_the_core_within_the_rest() {
    for (long seed = 1; seed <= 20; seed++) {
      TestBench bench = damaged(WorldOptions.calm(seed));
      assertThat(damagedCount(bench)).isEqualTo(2);
      assertThat(bench.world().core())
          .hasSize(3)
          .noneMatch(bench.world()::isDamaged)
          .allMatch(SimulatedNode::isUp);
    }
  }

  @Test
  void beyond_the_model_damage_strikes_everywhere() {
    assertThat(damagedCount(damaged(WorldOptions.calm(1).withBeyond(true)))).isEqualTo(5);
  }

  @Test
  void a_random_quorum_is_healed_and_the_rest_stays_broken() {
    List<Integer> sizes = new ArrayList<>();
    for (long seed = 1; seed <= 40; seed++) {
      FaultMix crashes = FaultMix.NONE.with(FaultFamily.PARTITION, 60, 30_000_000_000L);
      TestBench bench =
          new TestBench(
              WorldOptions.calm(seed).withCoreShare(1).with(new FaultSource.Draw(crashes)), 5);
      bench.elapse(Duration.ofSeconds(32));
      assertThat(bench.world().core()).allMatch(SimulatedNode::isUp);
      sizes.add(bench.world().core().size());
      assertThat(bench.world().plan().header().containsKey(World.CORE))
          .isEqualTo(bench.world().core().size() < 5);
    }
    assertThat(sizes).contains(3, 4).allMatch(size -> size >= 3);
  }

  @Test
  void a_plan_names_the_core_that_is_healed() {
    for (long seed = 1; seed <= 5; seed++) {
      TestBench drawn = new TestBench(WorldOptions.calm(seed).withCoreShare(1), 5);
      drawn.elapse(Duration.ofSeconds(40));
      TestBench followed =
          new TestBench(
              WorldOptions.calm(seed).with(new FaultSource.Follow(drawn.world().plan())), 5);
      followed.elapse(Duration.ofSeconds(40));
      assertThat(followed.world().core().stream().map(SimulatedNode::id).toList())
          .isEqualTo(drawn.world().core().stream().map(SimulatedNode::id).toList());
      assertThat(followed.world().digest()).isEqualTo(drawn.world().digest());
    }
  }
}
