package dev.nucleusdb.sim.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskException.Kind;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.TestBench;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.fault.Plan;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What faulty disks do to bytes, and to which.
class DamageTest {
  private static final int SECTOR = 512;

  private static TestBench bench(String... entries) {
    Plan plan = Plan.parse(String.join("\n", entries));
    return new TestBench(WorldOptions.calm(1).with(new FaultSource.Follow(plan)), 1);
  }

  private static DiskFile created(TestBench bench, String path) {
    DiskFile file = bench.context(0).disk().open(path, Disk.OpenMode.CREATE);
    bench.context(0).disk().syncDirectory("");
    return file;
  }

  private static void append(DiskFile file, int count, int value) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    file.append(ByteBuffer.wrap(bytes));
  }

  private static byte[] read(DiskFile file) {
    ByteBuffer into = ByteBuffer.allocate((int) file.sizeBytes());
    file.read(0, into);
    return into.array();
  }

  /// A file of 1000 settled ones and 10 twos behind them, which have settled nothing yet.
  private static DiskFile settled(TestBench bench, String path) {
    DiskFile file = created(bench, path);
    append(file, 1000, 1);
    file.syncNow();
    append(file, 10, 2);
    file.syncNow();
    return file;
  }

  private static void assertKind(Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DiskException.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }

  @Test
  void only_bytes_that_a_later_durable_append_vouches_for_are_settled() {
    TestBench bench = bench();
    DiskImage disk = bench.node(0).disk();
    DiskFile file = created(bench, "log");
    append(file, 1000, 1);
    file.syncNow();
    file.syncNow();
    assertThat(disk.settledBytes()).isZero();
    append(file, 10, 2);
    assertThat(disk.settledBytes()).isZero();
    file.syncNow();
    assertThat(disk.settledBytes()).isEqualTo(1000);
    file.truncate(1005);
    assertThat(disk.settledBytes()).isEqualTo(1000);
    file.truncate(1000);
    assertThat(disk.settledBytes()).as("nothing vouches for them any more").isZero();
  }

  @Test
  void bytes_under_a_sync_that_had_begun_before_them_settle_nothing() {
    TestBench bench = bench();
    DiskFile file = created(bench, "log");
    append(file, 100, 1);
    file.sync(failure -> {});
    append(file, 10, 2);
    bench.elapse(Duration.ofSeconds(1));
    file.syncNow();
    assertThat(bench.node(0).disk().settledBytes()).isZero();
  }

  @Test
  void what_vouched_and_was_cut_away_or_lost_settles_nothing() {
    TestBench bench = bench();
    DiskFile file = created(bench, "log");
    append(file, 100, 1);
    file.syncNow();
    append(file, 10, 2);
    file.truncate(100);
    file.syncNow();
    assertThat(bench.node(0).disk().settledBytes()).isZero();
    append(file, 10, 2);
    file.sync(failure -> {});
    file.truncate(100);
    bench.elapse(Duration.ofSeconds(1));
    assertThat(bench.node(0).disk().settledBytes()).isZero();
    append(file, 10, 2);
    bench.node(0).crash("test", CrashMode.DROP, new SplitMix(1));
    bench.node(0).start();
    bench.context(0).disk().open("log", Disk.OpenMode.APPEND).syncNow();
    assertThat(bench.node(0).disk().settledBytes()).isZero();
  }

  @Test
  void a_file_that_is_renamed_into_its_place_is_settled() {
    TestBench bench = bench();
    Disk disk = bench.context(0).disk();
    DiskFile file = created(bench, "manifest.new");
    append(file, 70, 1);
    file.syncNow();
    disk.rename("manifest.new", "manifest");
    assertThat(bench.node(0).disk().settledBytes()).isZero();
    disk.syncDirectory("");
    assertThat(bench.node(0).disk().settledBytes()).isEqualTo(70);
  }

  @Test
  void rot_flips_one_settled_bit_for_good() {
    TestBench bench = bench("bit-rot/n1/1 at=1s place=0.5");
    DiskFile file = settled(bench, "log");
    byte[] before = read(file);
    bench.elapse(Duration.ofSeconds(2));
    byte[] after = read(file);
    assertThat(after[500] ^ before[500]).isEqualTo(1 << 4);
    after[500] = before[500];
    assertThat(after).isEqualTo(before);
    bench.node(0).crash("test", CrashMode.DROP, new SplitMix(1));
    assertThat(bench.node(0).disk().content("log")[500]).isNotEqualTo(before[500]);
  }

  @Test
  void rot_spares_what_is_not_settled() {
    TestBench bench = bench("bit-rot/n1/1 at=1s place=0.5");
    DiskFile file = created(bench, "log");
    append(file, 1000, 1);
    file.syncNow();
    byte[] before = read(file);
    bench.elapse(Duration.ofSeconds(2));
    assertThat(read(file)).isEqualTo(before);
    assertThat(bench.world().plan().entries()).isEmpty();
  }

  @Test
  void a_bad_sector_cannot_be_read_until_it_is_cut_away() {
    TestBench bench = bench("bad-sector/n1/1 at=1s place=0.6");
    DiskFile file = settled(bench, "log");
    bench.elapse(Duration.ofSeconds(2));
    assertKind(Kind.IO, () -> file.read(SECTOR, ByteBuffer.allocate(10)));
    assertKind(Kind.IO, () -> file.read(0, ByteBuffer.allocate(SECTOR + 1)));
    assertThat(file.read(0, ByteBuffer.allocate(SECTOR))).isEqualTo(SECTOR);
    file.truncate(SECTOR);
    append(file, 10, 3);
    assertThat(file.read(SECTOR, ByteBuffer.allocate(10))).isEqualTo(10);
  }

  @Test
  void a_lost_write_leaves_zeros_and_a_misdirected_one_also_hits_something_else() {
    TestBench bench = bench("lost-write/n1/3", "misdirected-write/n1/4");
    DiskFile file = settled(bench, "log");
    append(file, 20, 3);
    append(file, 30, 4);
    file.syncNow();
    byte[] content = read(file);
    assertThat(Arrays.copyOfRange(content, 1010, 1060)).containsOnly(0);
    assertThat(Arrays.copyOfRange(content, 0, 1000)).contains((byte) 4);
    assertThat(bench.world().isDamaged(bench.node(0))).isTrue();
  }

  @Test
  void a_node_whose_damage_could_pass_for_a_torn_tail_stays_away() {
    TestBench bench = bench("lost-write/n1/3", "crash/n1/1 at=2s down=0.1s disk=keep");
    append(settled(bench, "log"), 20, 3);
    bench.elapse(Duration.ofSeconds(5));
    assertThat(bench.node(0).isUp()).isFalse();
  }

  @Test
  void single_reads_are_wrong_once() {
    TestBench bench = bench("flipped-read/n1/1 down=1s", "read-error/n1/3 down=1s");
    DiskFile file = settled(bench, "log");
    byte[] flipped = read(file);
    byte[] right = read(file);
    int bits = 0;
    for (int i = 0; i < right.length; i++) {
      bits += Integer.bitCount((right[i] ^ flipped[i]) & 0xff);
    }
    assertThat(bits).isEqualTo(1);
    assertKind(Kind.IO, () -> read(file));
    assertThat(read(file)).isEqualTo(right);
  }

  @Test
  void a_misread_shows_another_place() {
    TestBench bench = bench("misread/n1/1 down=1s");
    DiskFile file = created(bench, "log");
    for (int i = 0; i < 64; i++) {
      append(file, SECTOR, i);
    }
    file.syncNow();
    append(file, 1, 99);
    file.syncNow();
    byte[] wrong = read(file);
    byte[] right = read(file);
    assertThat(wrong).isNotEqualTo(right);
    int differing = 0;
    for (int i = 0; i < right.length; i++) {
      differing += wrong[i] == right[i] ? 0 : 1;
    }
    assertThat(differing).isBetween(1, SECTOR);
  }

  @Test
  void single_calls_fail() {
    TestBench bench = bench("write-error/n1/2 down=1s", "folder-sync-failure/n1/2 down=1s");
    DiskFile file = created(bench, "log");
    append(file, 5, 1);
    assertKind(Kind.IO, () -> append(file, 5, 2));
    assertThat(file.sizeBytes()).isBetween(5L, 10L);
    bench.context(0).disk().open("new", Disk.OpenMode.CREATE).close();
    assertKind(Kind.IO, () -> bench.context(0).disk().syncDirectory(""));
    assertThat(bench.node(0).disk().isNameDurable("new")).isFalse();
  }

  @Test
  void a_lying_sync_makes_nothing_durable() {
    TestBench bench = bench("lying-sync/n1/1");
    DiskFile file = created(bench, "log");
    append(file, 5, 1);
    assertThatCode(file::syncNow).doesNotThrowAnyException();
    assertThat(bench.node(0).disk().durableBytes("log")).isZero();
    file.syncNow();
    assertThat(bench.node(0).disk().durableBytes("log")).isEqualTo(5);
  }

  @Test
  void a_failed_sync_may_show_what_was_there_before() {
    TestBench bench = bench("sync-failure/n1/2 down=1s bytes=reverted");
    DiskFile file = created(bench, "log");
    append(file, 5, 1);
    file.syncNow();
    append(file, 5, 2);
    assertKind(Kind.IO, file::syncNow);
    assertThat(read(file)).isEqualTo(new byte[] {1, 1, 1, 1, 1, 0, 0, 0, 0, 0});
  }

  @Test
  void a_disk_may_take_no_change_or_open_nothing_for_a_while() {
    TestBench bench = bench("read-only/n1/1 at=1s for=1s", "handles/n1/1 at=3s for=1s");
    DiskFile file = created(bench, "log");
    Disk disk = bench.context(0).disk();
    bench.elapse(Duration.ofMillis(1_500));
    assertKind(Kind.READ_ONLY, () -> append(file, 1, 1));
    assertKind(Kind.READ_ONLY, () -> file.truncate(0));
    assertKind(Kind.READ_ONLY, () -> disk.delete("log"));
    assertKind(Kind.READ_ONLY, () -> disk.rename("log", "other"));
    bench.elapse(Duration.ofSeconds(1));
    append(file, 1, 1);
    bench.elapse(Duration.ofSeconds(1));
    assertKind(Kind.IO, () -> disk.open("log", Disk.OpenMode.READ));
    bench.elapse(Duration.ofSeconds(1));
    assertThat(disk.open("log", Disk.OpenMode.READ).sizeBytes()).isEqualTo(1);
  }

  @Test
  void a_stalled_disk_ends_no_sync_until_it_flows_again() {
    TestBench bench = bench("stall/n1/1 at=1s for=3s");
    List<String> done = new ArrayList<>();
    DiskFile file = created(bench, "log");
    bench.elapse(Duration.ofSeconds(2));
    file.sync(failure -> done.add("done"));
    bench.elapse(Duration.ofMillis(1_900));
    assertThat(done).isEmpty();
    bench.elapse(Duration.ofMillis(200));
    assertThat(done).containsExactly("done");
  }

  @Test
  void a_disk_may_come_back_as_it_was_or_empty() {
    TestBench bench = bench("rollback/n1/1 at=1s for=2s", "wipe/n1/1 at=5s down=1s");
    DiskFile file = created(bench, "log");
    append(file, 5, 1);
    file.syncNow();
    bench.elapse(Duration.ofSeconds(2));
    append(file, 5, 2);
    file.syncNow();
    bench.elapse(Duration.ofSeconds(2));
    assertThat(bench.node(0).disk().content("log")).hasSize(5);
    assertThat(bench.node(0).incarnationCount()).isEqualTo(2);
    bench.elapse(Duration.ofSeconds(3));
    assertThat(bench.node(0).disk().paths()).isEmpty();
    assertThat(bench.node(0).incarnationCount()).isEqualTo(3);
  }
}
