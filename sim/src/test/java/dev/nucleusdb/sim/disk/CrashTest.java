package dev.nucleusdb.sim.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.TestBench;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.fault.Plan;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What a loss of power takes and leaves.
class CrashTest {
  private static final int PAGE = 4096;

  private static TestBench bench(String... entries) {
    Plan plan = Plan.parse(String.join("\n", entries));
    return new TestBench(WorldOptions.calm(1).with(new FaultSource.Follow(plan)), 1);
  }

  private static ByteBuffer filled(int count, int value) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return ByteBuffer.wrap(bytes);
  }

  private static DiskFile created(TestBench bench, String path) {
    DiskFile file = bench.context(0).disk().open(path, Disk.OpenMode.CREATE);
    bench.context(0).disk().syncDirectory("");
    return file;
  }

  private static byte[] after(TestBench bench, CrashMode mode, long seed) {
    bench.node(0).crash("test", mode, new SplitMix(seed));
    bench.node(0).start();
    return bench.node(0).disk().content("log");
  }

  @Test
  void synced_bytes_survive_every_crash_and_the_rest_meets_every_fate() {
    Set<String> seen = new TreeSet<>();
    for (long seed = 0; seed < 400; seed++) {
      TestBench bench = bench();
      DiskFile file = created(bench, "log");
      file.append(filled(PAGE + 100, 1));
      file.syncNow();
      file.append(filled(3 * PAGE, 2));
      byte[] left = after(bench, CrashMode.MIXED, seed);
      assertThat(left.length).isBetween(PAGE + 100, 4 * PAGE + 100);
      for (int i = 0; i < PAGE + 100; i++) {
        assertThat(left[i]).isEqualTo((byte) 1);
      }
      seen.add(left.length == PAGE + 100 ? "all lost" : "some left");
      for (int i = PAGE + 100; i < left.length; i++) {
        seen.add(left[i] == 2 ? "kept" : left[i] == 0 ? "zero" : "garbled");
      }
      seen.add(left.length == 4 * PAGE + 100 ? "full length" : "shorter");
    }
    assertThat(seen)
        .containsExactly(
            "all lost", "full length", "garbled", "kept", "shorter", "some left", "zero");
  }

  @Test
  void pages_mode_keeps_or_loses_whole_pages() {
    for (long seed = 0; seed < 100; seed++) {
      TestBench bench = bench();
      created(bench, "log").append(filled(4 * PAGE, 2));
      byte[] left = after(bench, CrashMode.PAGES, seed);
      assertThat(left.length % PAGE).isZero();
      for (int i = 0; i < left.length; i++) {
        assertThat(left[i]).isEqualTo(left[i / PAGE * PAGE]).isIn((byte) 0, (byte) 2);
      }
    }
  }

  @Test
  void floor_and_ceiling_lose_all_and_nothing() {
    for (CrashMode mode : List.of(CrashMode.DROP, CrashMode.KEEP)) {
      TestBench bench = bench();
      DiskFile file = created(bench, "log");
      file.append(filled(10, 1));
      file.syncNow();
      file.append(filled(10, 2));
      assertThat(after(bench, mode, 1)).hasSize(mode == CrashMode.DROP ? 10 : 20);
    }
  }

  @Test
  void a_sync_covers_what_was_there_when_it_was_called() {
    TestBench bench = bench();
    DiskFile file = created(bench, "log");
    file.append(filled(10, 1));
    file.sync(failure -> assertThat(failure).isNull());
    file.append(filled(10, 2));
    assertThat(bench.node(0).disk().durableBytes("log")).isZero();
    bench.elapse(Duration.ofSeconds(1));
    assertThat(bench.node(0).disk().durableBytes("log")).isEqualTo(10);
    assertThat(bench.node(0).disk().isDurable("log", 0, 10)).isTrue();
    assertThat(bench.node(0).disk().isDurable("log", 5, 10)).isFalse();
    assertThat(after(bench, CrashMode.DROP, 1)).hasSize(10);
  }

  @Test
  void a_cut_after_the_call_is_not_covered_by_the_sync() {
    TestBench bench = bench();
    DiskFile file = created(bench, "log");
    file.append(filled(10, 1));
    file.sync(failure -> {});
    file.truncate(4);
    file.append(filled(2, 3));
    bench.elapse(Duration.ofSeconds(1));
    assertThat(bench.node(0).disk().durableBytes("log")).isEqualTo(4);
    byte[] expected = filled(10, 1).array();
    assertThat(after(bench, CrashMode.DROP, 1)).isEqualTo(expected);
  }

  @Test
  void a_cut_that_was_not_synced_may_come_back() {
    Set<Integer> lengths = new TreeSet<>();
    for (long seed = 0; seed < 50; seed++) {
      TestBench bench = bench();
      DiskFile file = created(bench, "log");
      file.append(filled(10, 1));
      file.syncNow();
      file.truncate(4);
      lengths.add(after(bench, CrashMode.PAGES, seed).length);
    }
    assertThat(lengths).containsExactly(4, 10);
  }

  @Test
  void each_unsynced_name_is_kept_or_undone_for_itself() {
    Set<String> seen = new TreeSet<>();
    for (long seed = 0; seed < 200; seed++) {
      TestBench bench = bench();
      Disk disk = bench.context(0).disk();
      created(bench, "old").close();
      created(bench, "gone").close();
      disk.rename("old", "new");
      disk.delete("gone");
      disk.open("made", Disk.OpenMode.CREATE).close();
      bench.node(0).crash("test", CrashMode.PAGES, new SplitMix(seed));
      seen.add(String.join(" ", bench.node(0).disk().paths()));
    }
    assertThat(seen)
        .containsExactly(
            "gone made new",
            "gone made old",
            "gone new",
            "gone old",
            "made new",
            "made old",
            "new",
            "old");
  }

  @Test
  void a_folder_whose_name_is_lost_takes_its_files_along() {
    TestBench bench = bench();
    Disk disk = bench.context(0).disk();
    disk.createDirectory("a/b");
    disk.open("a/b/c", Disk.OpenMode.CREATE).syncNow();
    disk.syncDirectory("a/b");
    disk.syncDirectory("a");
    bench.node(0).crash("test", CrashMode.DROP, new SplitMix(1));
    assertThat(bench.node(0).disk().paths()).isEmpty();
  }

  @Test
  void a_failed_sync_that_lost_its_bytes_shows_them_until_the_end_and_no_sync_brings_them_back() {
    TestBench bench = bench("sync-failure/n1/1 down=5s bytes=lost");
    DiskFile file = created(bench, "log");
    file.append(ByteBuffer.wrap("abc".getBytes(StandardCharsets.UTF_8)));
    List<DiskException.Kind> failures = new ArrayList<>();
    file.sync(failure -> {
      if (failure != null) {
        failures.add(failure.kind());
      }
    });
    bench.elapse(Duration.ofSeconds(1));
    assertThat(failures).containsExactly(DiskException.Kind.IO);
    assertThat(bench.node(0).disk().content("log"))
        .isEqualTo("abc".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(file::syncNow).isInstanceOf(DiskException.class);
    assertThat(bench.node(0).disk().durableBytes("log")).isZero();
    assertThat(after(bench, CrashMode.KEEP, 1)).isEqualTo(new byte[3]);
  }

  @Test
  void after_a_failed_sync_nothing_is_made_durable_any_more() {
    TestBench bench = bench("sync-failure/n1/2 down=5s bytes=reverted");
    DiskFile file = created(bench, "log");
    DiskFile other = created(bench, "other");
    file.append(filled(3, 1));
    other.append(filled(3, 1));
    List<String> done = new ArrayList<>();
    other.sync(failure -> done.add(failure == null ? "durable" : "failed"));
    assertThatThrownBy(file::syncNow).isInstanceOf(DiskException.class);
    assertThatThrownBy(() -> bench.context(0).disk().syncDirectory(""))
        .isInstanceOf(DiskException.class);
    bench.elapse(Duration.ofSeconds(1));
    assertThat(done).containsExactly("failed");
    assertThat(bench.node(0).disk().durableBytes("other")).isZero();
  }

  @Test
  void a_full_disk_refuses_appends_and_new_files_for_a_while_and_takes_deletes() {
    TestBench bench = bench("no-space/n1/1 at=1s for=2s");
    DiskFile file = created(bench, "log");
    created(bench, "other").close();
    bench.elapse(Duration.ofMillis(1_500));
    assertThatThrownBy(() -> file.append(filled(10, 1)))
        .isInstanceOfSatisfying(
            DiskException.class,
            failure -> assertThat(failure.kind()).isEqualTo(DiskException.Kind.NO_SPACE));
    assertThat(file.sizeBytes()).isLessThanOrEqualTo(10);
    file.truncate(0);
    bench.context(0).disk().delete("other");
    assertThatThrownBy(() -> bench.context(0).disk().open("more", Disk.OpenMode.CREATE))
        .isInstanceOf(DiskException.class);
    bench.elapse(Duration.ofSeconds(2));
    assertThat(file.append(filled(10, 1))).isZero();
  }

  @Test
  void a_slow_disk_syncs_later() {
    TestBench bench = bench("slow-disk/n1/1 at=0s for=2s by=1s");
    List<String> done = new ArrayList<>();
    DiskFile file = created(bench, "log");
    file.sync(failure -> done.add("done"));
    bench.elapse(Duration.ofMillis(900));
    assertThat(done).isEmpty();
    bench.elapse(Duration.ofMillis(300));
    assertThat(done).containsExactly("done");
  }
}
