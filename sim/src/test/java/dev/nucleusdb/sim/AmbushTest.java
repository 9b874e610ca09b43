package dev.nucleusdb.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.sim.ambush.Ambush;
import dev.nucleusdb.sim.ambush.Scene;
import dev.nucleusdb.sim.ambush.Temper;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Faults that wait for a node to pass a place.
class AmbushTest {
  private record Lying(String place, Function<Scene, List<PlanEntry>> blow) implements Ambush {
    @Override
    public List<PlanEntry> spring(Scene scene) {
      return blow.apply(scene);
    }
  }

  private static TestBench bench(Ambush... ambushes) {
    Temper temper = new Temper("rough", List.of(ambushes));
    return bench(new FaultSource.Draw(FaultMix.NONE, temper));
  }

  private static TestBench bench(FaultSource faults) {
    return new TestBench(WorldOptions.calm(5).with(faults), 3);
  }

  private static void pass(TestBench bench, int index, String place) {
    bench.onNode(index, () -> bench.context(index).trace().point(place));
  }

  @Test
  void who_passes_the_place_is_struck_a_little_later() {
    TestBench bench =
        bench(
            new Lying(
                "won",
                scene -> List.of(scene.crash(scene.node(), false, 1_000_000, 2_000_000_000L))));
    pass(bench, 0, "lost");
    pass(bench, 1, "won");
    assertThat(bench.node(1).isUp()).isTrue();
    bench.elapse(Duration.ofMillis(2));

    assertThat(bench.node(0).isUp()).isTrue();
    assertThat(bench.node(1).isUp()).isFalse();
    assertThat(bench.world().plan().entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.target()).isEqualTo("n2"))
        .satisfies(entry -> assertThat(entry.atNanos()).isBetween(1_000_000L, 1_001_000L));
    assertThat(bench.world().plan().header()).containsEntry(Temper.HEADER, "rough");
  }

  @Test
  void each_time_is_drawn_anew_and_every_entry_has_a_name_of_its_own() {
    List<Long> drawn = new ArrayList<>();
    TestBench bench =
        bench(
            new Lying(
                "won",
                scene -> {
                  drawn.add(scene.random().nextLong());
                  return List.of(scene.partition(List.of(scene.node()), 0, 0, 1_000_000_000));
                }));
    pass(bench, 0, "won");
    pass(bench, 0, "won");
    pass(bench, 1, "won");
    bench.elapse(Duration.ofSeconds(1));

    assertThat(drawn).hasSize(3).doesNotHaveDuplicates();
    assertThat(bench.world().plan().entries()).hasSize(3);
  }

  @Test
  void the_world_passes_its_beginning_once_and_sees_all_nodes() {
    List<Scene> scenes = new ArrayList<>();
    TestBench bench =
        bench(
            new Lying(
                Ambush.BEGINNING,
                scene -> {
                  scenes.add(scene);
                  return List.of();
                }));
    bench.elapse(Duration.ofSeconds(1));

    assertThat(scenes).hasSize(1);
    assertThat(scenes.getFirst().nodes()).containsExactly("n1", "n2", "n3");
    assertThat(scenes.getFirst().endNanos()).isEqualTo(30_000_000_000L);
  }

  @Test
  void a_plan_is_followed_without_ambushes() {
    TestBench bench = bench(new FaultSource.Follow(Plan.EMPTY));
    pass(bench, 0, "won");
    bench.elapse(Duration.ofSeconds(1));

    assertThat(bench.world().plan().entries()).isEmpty();
  }

  /// Sixteen blocks, each synced before the next: the first fifteen are settled.
  private static void write(TestBench bench) {
    Disk disk = bench.context(0).disk();
    DiskFile file = disk.open("log", Disk.OpenMode.CREATE);
    for (int i = 0; i < 16; i++) {
      file.append(ByteBuffer.allocate(512));
      file.syncNow();
    }
  }

  @Test
  void young_bits_that_rot_are_among_the_last_that_were_written() {
    for (String place : List.of("0.0", "0.5", "0.999")) {
      String plan = "\nbit-rot/n1/1 at=1s place=" + Scene.YOUNG + place + "\n";
      TestBench bench = bench(new FaultSource.Follow(Plan.parse(plan)));
      bench.onNode(0, () -> write(bench));
      bench.elapse(Duration.ofSeconds(2));

      assertThat(changedAt(bench)).as(place).isBetween(13 * 512, 15 * 512 - 1);
      assertThat(bench.world().faultCounts().of(FaultFamily.BIT_ROT)).isEqualTo(1);
    }
  }

  private static int changedAt(TestBench bench) {
    ByteBuffer bytes = ByteBuffer.allocate(16 * 512);
    bench.onNode(0, () -> bench.context(0).disk().open("log", Disk.OpenMode.APPEND).read(0, bytes));
    for (int i = 0; i < bytes.position(); i++) {
      if (bytes.get(i) != 0) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void where_nothing_is_young_nothing_rots_and_nobody_is_told() {
    String plan = "\nbit-rot/n1/1 at=1s place=young:0.5\n";
    TestBench bench = bench(new FaultSource.Follow(Plan.parse(plan)));
    bench.elapse(Duration.ofSeconds(2));

    assertThat(bench.world().plan().entries()).isEmpty();
    assertThatThrownBy(
            () -> bench(new FaultSource.Follow(Plan.parse("\nbit-rot/n1/1 at=1s place=young:a\n"))))
        .hasMessageContaining("nor young:");
  }
}
