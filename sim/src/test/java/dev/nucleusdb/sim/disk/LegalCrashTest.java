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
import dev.nucleusdb.sim.disk.legal.Choices;
import dev.nucleusdb.sim.disk.legal.EnumeratedChoices;
import dev.nucleusdb.sim.disk.legal.FileSystem;
import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.fault.Plan;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What file systems may leave, every choice made.
class LegalCrashTest {
  private static final int PLACES = 4;

  private static DiskImage synced(String name, String text) {
    DiskImage image = new DiskImage();
    image.shrinkTo(16);
    append(image, name, text);
    image.syncDirectory("");
    image.find(name).endSync(image.find(name).beginSync());
    return image;
  }

  private static void append(DiskImage image, String name, String text) {
    FileImage file = image.get(name) == null ? image.create(name) : image.find(name);
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    file.append(ByteBuffer.wrap(bytes), bytes.length);
  }

  private static Set<String> outcomes(DiskImage image, FileSystem fileSystem) {
    Set<String> seen = new TreeSet<>();
    EnumeratedChoices choices = new EnumeratedChoices(PLACES);
    do {
      DiskImage twin = image.twin();
      twin.crash(fileSystem, choices);
      StringBuilder state = new StringBuilder();
      for (String path : twin.paths()) {
        String text = new String(twin.content(path), StandardCharsets.ISO_8859_1);
        state.append(path).append('=').append(text.replace('\0', '.')).append(' ');
      }
      seen.add(state.toString().strip());
    } while (choices.next());
    return seen;
  }

  @Test
  void all_answers_are_given_and_each_once() {
    EnumeratedChoices choices = new EnumeratedChoices(PLACES);
    StringBuilder answers = new StringBuilder();
    do {
      answers.append(ask(choices)).append(' ');
    } while (choices.next());
    assertThat(answers.toString()).isEqualTo("0 10 11 12 20 ");
  }

  private static String ask(Choices choices) {
    int first = choices.of(3);
    return first == 0 ? "0" : "" + first + choices.of(first == 1 ? 3 : 1);
  }

  @Test
  void what_was_put_over_durable_zeros_is_lost_page_by_page_and_the_file_is_as_long_as_they_were() {
    DiskImage image = new DiskImage();
    image.shrinkTo(16);
    append(image, "f", "ab");
    image.syncDirectory("");
    FileImage file = image.find("f");
    file.reserve(22);
    file.endSync(file.beginSync());
    append(image, "f", "c".repeat(15) + "d");
    String zeros = ".".repeat(6);
    Set<String> seen = outcomes(image, FileSystem.EXT4_ORDERED);
    assertThat(seen)
        .contains(
            "f=ab" + ".".repeat(22),
            "f=ab" + "c".repeat(15) + "d" + zeros,
            "f=ab" + ".".repeat(14) + "cd" + zeros,
            "f=ab" + "c".repeat(14) + ".." + zeros)
        .allMatch(state -> state.length() == "f=".length() + 24);
    file.truncate(18);
    file.endSync(file.beginSync());
    assertThat(outcomes(image, FileSystem.STRICT)).containsExactly("f=ab" + "c".repeat(15) + "d");
  }

  @Test
  void room_that_no_sync_covers_is_left_or_not() {
    DiskImage image = synced("f", "ab");
    image.find("f").reserve(3);
    assertThat(outcomes(image, FileSystem.XFS)).containsExactlyInAnyOrder("f=ab", "f=ab...");
    image.exit();
    assertThat(image.content("f")).hasSize(5);
  }

  @Test
  void where_data_goes_first_a_crash_leaves_some_first_bytes() {
    DiskImage image = synced("f", "ab");
    append(image, "f", "cdefghijkl");
    Set<String> seen = outcomes(image, FileSystem.EXT4_ORDERED);
    assertThat(seen).contains("f=ab", "f=abcdefghijkl").hasSizeGreaterThan(3);
    assertThat(seen).allMatch(state -> "f=abcdefghijkl".startsWith(state));
  }

  @Test
  void xfs_may_leave_zeros_and_strict_what_stood_elsewhere() {
    DiskImage image = synced("f", "ab");
    append(image, "gone", "STRANGERS-OF-OLD");
    image.delete("gone");
    image.syncDirectory("");
    append(image, "f", "cdefghijkl");
    assertThat(outcomes(image, FileSystem.XFS))
        .contains("f=ab", "f=ab..........", "f=abcdefghijkl", "f=ab.....hijkl")
        .noneMatch(state -> state.contains("RANGERS"));
    assertThat(outcomes(image, FileSystem.STRICT))
        .contains("f=ab", "f=ab..........", "f=abcdefghijkl", "f=abRANGERS-OF");
  }

  @Test
  void a_journal_keeps_some_first_names_and_others_any() {
    DiskImage image = synced("a", "1");
    image.rename("a", "b");
    append(image, "c", "");
    image.delete("b");
    assertThat(outcomes(image, FileSystem.BTRFS))
        .containsExactlyInAnyOrder("a=1", "b=1", "b=1 c=", "c=");
    assertThat(outcomes(image, FileSystem.STRICT)).contains("a=1 c=", "");
  }

  @Test
  void a_twin_crashes_alone() {
    DiskImage image = synced("f", "ab");
    append(image, "f", "cd");
    DiskImage twin = image.twin();
    twin.crash(CrashMode.DROP, new SplitMix(1));
    assertThat(twin.content("f")).hasSize(2);
    assertThat(image.content("f")).hasSize(4);
  }

  @Test
  void every_kind_of_rot_changes_something() {
    for (Rot rot : Rot.values()) {
      DiskImage image = synced("f", "0123456789abcdef0123456789ABCDEF");
      append(image, "g", "another file that is not the same");
      append(image, "h", "former");
      image.rename("h", "f");
      append(image, "h", "longer than the former");
      image.rename("h", "f");
      image.exit();
      assertThat(rot.strike(image, "f", 4, 8)).as(rot.name()).isTrue();
      assertThat(rot == Rot.MISSING ? image.paths() : List.of("f"))
          .doesNotContain(rot == Rot.MISSING ? "f" : "");
    }
  }

  @Test
  void single_calls_fail_with_their_effect_or_without() {
    assertFails("rename-error/n1/1 down=1s effect=done", disk -> disk.rename("log", "new"), "new");
    assertFails("rename-error/n1/1 down=1s effect=none", disk -> disk.rename("log", "new"), "log");
    assertFails("delete-error/n1/1 down=1s effect=done", disk -> disk.delete("log"), "");
    assertFails("delete-error/n1/1 down=1s effect=none", disk -> disk.delete("log"), "log");
    assertFails("open-error/n1/2 down=1s", disk -> disk.open("log", Disk.OpenMode.READ), "log");
    assertFails("space-error/n1/3 down=1s", disk -> disk.open("x", Disk.OpenMode.CREATE), "log");
    assertFails(
        "truncate-error/n1/1 down=1s effect=done",
        disk -> {
          try (DiskFile file = disk.open("log", Disk.OpenMode.APPEND)) {
            file.truncate(1);
          }
        },
        "log");
  }

  private static void assertFails(String entry, Consumer<Disk> call, String left) {
    TestBench bench =
        new TestBench(WorldOptions.calm(1).with(new FaultSource.Follow(Plan.parse(entry))), 1);
    Disk disk = bench.context(0).disk();
    try (DiskFile file = disk.open("log", Disk.OpenMode.CREATE)) {
      file.append(ByteBuffer.allocate(3));
    }
    assertThatThrownBy(() -> call.accept(disk)).as(entry).isInstanceOf(DiskException.class);
    assertThat(String.join(" ", bench.node(0).disk().paths())).as(entry).isEqualTo(left);
  }

  @Test
  void a_sync_that_failed_late_is_told_by_the_next_one_and_its_bytes_are_gone() {
    TestBench bench =
        new TestBench(
            WorldOptions.calm(1)
                .with(new FaultSource.Follow(Plan.parse("late-sync-failure/n1/1 down=1s"))),
            1);
    DiskFile file = bench.context(0).disk().open("log", Disk.OpenMode.CREATE);
    bench.context(0).disk().syncDirectory("");
    file.append(ByteBuffer.wrap(new byte[] {7}));
    file.syncNow();
    assertThatThrownBy(file::syncNow).hasMessageContaining("earlier");
    bench.node(0).crash("test", CrashMode.KEEP, new SplitMix(1));
    assertThat(bench.node(0).disk().content("log")).containsExactly(0);
  }

  @Test
  void hidden_losses_show_after_the_power_failed_and_not_before() {
    DiskImage image = synced("f", "ab");
    append(image, "f", "cd");
    image.find("f").hideFailure(image.find("f").beginSync());
    image.exit();
    assertThat(image.content("f")).isEqualTo("abcd".getBytes(StandardCharsets.UTF_8));
    assertThat(image.durableBytes("f")).isEqualTo(2);
    image.crash(CrashMode.DROP, new SplitMix(1));
    assertThat(image.content("f")).startsWith('a', 'b').doesNotContain('c', 'd');
  }
}
