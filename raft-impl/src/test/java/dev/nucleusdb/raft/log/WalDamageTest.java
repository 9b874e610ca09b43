package dev.nucleusdb.raft.log;

import static dev.nucleusdb.raft.log.WalBench.entries;
import static dev.nucleusdb.raft.log.WalBench.words;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.sim.disk.DiskProfile;
import dev.nucleusdb.sim.fault.CrashMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A torn tail is cut off; damage to what was durable is never taken for one.
class WalDamageTest {
  private static final long LARGE = 1 << 20;
  private static final long ONE_APPEND = 64;
  private static final String FIRST = "raft/wal-0000000001.log";
  private static final HardState STATE = new HardState(1, new NodeId(1));
  private static final String SYNCED = "after 0@0: 1@1=first 2@1=second";

  /// A log with a durable part, and behind it frames that know how long that part is.
  private record Written(Map<String, byte[]> files, int durableBytes) {
    Map<String, byte[]> with(String path, UnaryOperator<byte[]> change) {
      Map<String, byte[]> changed = new TreeMap<>(files);
      changed.put(path, change.apply(of(path).clone()));
      return changed;
    }

    byte[] of(String path) {
      return Objects.requireNonNull(files.get(path));
    }
  }

  private static Written written() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(LARGE);
    log.append(1, STATE, 1, entries(1, "first"));
    bench.sync(log);
    log.append(1, null, 2, entries(1, "second"));
    bench.sync(log);
    int durable = (int) bench.machine().disk().durableBytes(FIRST);
    log.append(1, null, 3, entries(1, "third", "fourth"));
    return new Written(bench.files(), durable);
  }

  private static Written sealed() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(ONE_APPEND);
    for (int i = 1; i <= 3; i++) {
      log.append(1, STATE, i, entries(1, "a rather long entry " + i));
    }
    bench.sync(log);
    return new Written(bench.files(), (int) bench.machine().disk().durableBytes(FIRST));
  }

  @Test
  void a_tail_torn_at_any_byte_is_cut_and_appends_go_on() {
    Written written = written();
    byte[] whole = written.of(FIRST);
    for (int length = written.durableBytes(); length <= whole.length; length++) {
      int kept = length;
      requireSyncedPart(WalBench.of(written.with(FIRST, all -> Arrays.copyOf(all, kept))));
    }
  }

  @Test
  void a_tail_of_zeros_or_garbage_from_any_byte_on_is_cut_and_appends_go_on() {
    Written written = written();
    byte[] whole = written.of(FIRST);
    for (int from = written.durableBytes(); from < whole.length; from++) {
      for (byte filling : new byte[] {0, -1, 0x5a}) {
        int begin = from;
        requireSyncedPart(
            WalBench.of(
                written.with(
                    FIRST,
                    all -> {
                      Arrays.fill(all, begin, all.length, filling);
                      return all;
                    })));
      }
    }
  }

  /// A segment that a crash left empty gets its header anew, and no frame says that it is durable
  /// before a sync has made it so.
  @Test
  void a_header_that_was_written_again_and_never_synced_may_be_torn() {
    Written sealed = sealed();
    String last = ((TreeMap<String, byte[]>) sealed.files()).lastKey();
    WalBench bench = WalBench.of(sealed.with(last, _ -> new byte[0]));
    WriteAheadLog log = bench.open(LARGE);
    String found = words(log);
    long next = log.recovered(1).toLog().lastIndex() + 1;
    log.append(1, STATE, next, entries(1, "not synced"));
    Written again = new Written(bench.files(), 0);

    WalBench torn =
        WalBench.of(
            again.with(
                last,
                all -> {
                  Arrays.fill(all, 0, WalFormat.SEGMENT_HEADER_BYTES, (byte) 0);
                  return all;
                }));

    assertThat(words(torn.open(LARGE))).isEqualTo(found);
  }

  private static void requireSyncedPart(WalBench bench) {
    WriteAheadLog log = bench.open(LARGE);
    String found = words(log);
    assertThat(SYNCED + " 3@1=third 4@1=fourth").startsWith(found);
    assertThat(found).startsWith(SYNCED);
    assertThat(log.recovered(1).hardState()).isEqualTo(STATE);
    long last = log.recovered(1).toLog().lastIndex();
    log.append(1, null, last + 1, entries(2, "next"));
    bench.sync(log);
    bench.crash(CrashMode.DROP, 1);
    assertThat(words(bench.open(LARGE))).isEqualTo(found + " " + (last + 1) + "@2=next");
  }

  @ParameterizedTest
  @ValueSource(strings = {"flipped-read", "stale-read", "misread"})
  void what_one_read_shows_wrong_costs_nothing(String fault) {
    for (long seed = 1; seed <= 20; seed++) {
      WalBench bench = new WalBench(seed, DiskProfile.DEFAULT, fault + "/n1/1");
      WriteAheadLog log = bench.open(LARGE);
      StringBuilder all = new StringBuilder("after 0@0:");
      for (int i = 1; i <= 40; i++) {
        log.append(1, STATE, i, entries(1, "entry " + i));
        all.append(" %d@1=entry %d".formatted(i, i));
        if (i % 8 == 0) {
          bench.sync(log);
        }
      }
      bench.crash(CrashMode.DROP, seed);
      assertThat(words(bench.open(LARGE))).isEqualTo(all.toString());
    }
  }

  /// Nothing stands far enough behind it yet to say what it was.
  @Test
  void a_flipped_bit_in_what_was_durable_a_moment_ago_is_damage() {
    Written written = written();
    for (int offset = WalFormat.SEGMENT_HEADER_BYTES; offset < written.durableBytes(); offset++) {
      for (int bit = 0; bit < 8; bit += 3) {
        requireRefused(written.with(FIRST, flip(offset, bit)), FIRST);
      }
    }
  }

  @Test
  void a_flipped_bit_in_a_header_before_durable_frames_costs_nothing() {
    Written written = written();
    for (int offset = 0; offset < WalFormat.SEGMENT_HEADER_BYTES; offset++) {
      WalBench bench = WalBench.of(written.with(FIRST, flip(offset, offset % 8)));
      assertThat(words(bench.open(LARGE))).isEqualTo(SYNCED + " 3@1=third 4@1=fourth");
    }
  }

  /// The head of the next segment says what its frames were.
  @Test
  void a_flipped_bit_in_a_sealed_segment_costs_no_more_than_the_command_that_it_is_in() {
    Written sealed = sealed();
    List<String> paths = List.copyOf(sealed.files().keySet());
    for (String path : paths.subList(0, 2)) {
      for (int offset = 0; offset < sealed.of(path).length; offset++) {
        WriteAheadLog log = WalBench.of(sealed.with(path, flip(offset, offset % 8))).open(LARGE);
        RaftLog found = log.recovered(1).toLog();
        assertThat(found.lastIndex()).isEqualTo(3);
        assertThat(log.recovered(1).hardState()).isEqualTo(STATE);
        for (long index = 1; index <= 3; index++) {
          String command = new String(found.entryAt(index).command(), UTF_8);
          boolean mayBeLost = paths.indexOf(path) == index - 1 && found.lacks(index, 1);
          assertThat(mayBeLost || command.equals("a rather long entry " + index)).isTrue();
        }
      }
    }
  }

  @Test
  void a_flipped_bit_in_the_last_segment_is_damage_or_a_torn_tail() {
    Written sealed = sealed();
    String last = ((TreeMap<String, byte[]>) sealed.files()).lastKey();
    for (int offset = 0; offset < sealed.of(last).length; offset++) {
      WalBench bench = WalBench.of(sealed.with(last, flip(offset, offset % 8)));
      assertThat(
              "after 0@0: 1@1=a rather long entry 1 2@1=a rather long entry 2 3@1=a rather long entry 3")
          .startsWith(words(bench.open(LARGE)));
    }
  }

  @Test
  void a_sealed_segment_of_another_length_is_damage() {
    Written sealed = sealed();
    for (int length = 0; length < sealed.of(FIRST).length; length++) {
      int kept = length;
      requireRefused(sealed.with(FIRST, all -> Arrays.copyOf(all, kept)), FIRST);
    }
    requireRefused(sealed.with(FIRST, all -> Arrays.copyOf(all, all.length + 1)), FIRST);
  }

  /// No gap in a log that goes on tells of it, if the last entry of another group stood there.
  @Test
  void a_sealed_segment_without_its_header_is_damage_even_if_nothing_tells_what_it_held() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(ONE_APPEND);
    log.append(1, STATE, 1, entries(1, "a rather long entry 1"));
    log.append(2, STATE, 1, entries(1, "a rather long entry of another group"));
    log.append(1, null, 2, entries(1, "a rather long entry 2"));
    log.append(1, null, 3, entries(1, "a rather long entry 3"));
    bench.sync(log);
    Written written = new Written(bench.files(), 0);
    String second = "raft/wal-0000000002.log";
    String third = "raft/wal-0000000003.log";
    Written silent = new Written(written.with(third, flip(30, 0)), 0);

    requireRefused(silent.with(second, all -> Arrays.copyOf(all, 10)), second);
  }

  private static UnaryOperator<byte[]> flip(int offset, int bit) {
    return bytes -> {
      bytes[offset] ^= (byte) (1 << bit);
      return bytes;
    };
  }

  private static void requireRefused(Map<String, byte[]> files, String path) {
    WalBench bench = WalBench.of(files);
    Throwable thrown = catchThrowable(() -> bench.open(LARGE));
    assertThat(thrown).isInstanceOf(CorruptionException.class);
    assertThat(thrown.getMessage()).startsWith(path + " at offset ").doesNotContain("\n");
    assertThat(bench.files()).as("nothing is repaired").containsAllEntriesOf(files);
  }

  @Test
  void a_missing_segment_is_damage() {
    Written sealed = sealed();
    Map<String, byte[]> gap = new TreeMap<>(sealed.files());
    gap.remove("raft/wal-0000000002.log");
    assertThatThrownBy(() -> WalBench.of(gap).open(LARGE))
        .isInstanceOf(CorruptionException.class)
        .hasMessage("raft/wal-0000000003.log at offset 0: the segment before it is missing");

    Map<String, byte[]> headless = new TreeMap<>(sealed.files());
    headless.remove(FIRST);
    assertThatThrownBy(() -> WalBench.of(headless).open(LARGE))
        .isInstanceOf(CorruptionException.class)
        .hasMessage(
            "raft/wal-0000000002.log at offset 0: the beginning of the log of group 1 is missing");
  }

  @Test
  void a_segment_under_another_name_is_damage() {
    Written sealed = sealed();
    Map<String, byte[]> swapped = new TreeMap<>(sealed.files());
    swapped.put(FIRST, sealed.of("raft/wal-0000000002.log"));
    swapped.put("raft/wal-0000000002.log", sealed.of(FIRST));
    requireRefused(swapped, FIRST);
  }

  @Test
  void other_files_in_the_folder_are_left_alone() {
    Written written = written();
    Map<String, byte[]> files = new TreeMap<>(written.files());
    files.put("raft/wal-1.log", new byte[3]);
    files.put("raft/readme", new byte[3]);
    WalBench bench = WalBench.of(files);
    assertThat(words(bench.open(LARGE))).startsWith(SYNCED);
    assertThat(bench.files()).containsAllEntriesOf(files);
  }
}
