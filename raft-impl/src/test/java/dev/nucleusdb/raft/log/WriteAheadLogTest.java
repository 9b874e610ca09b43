package dev.nucleusdb.raft.log;

import static dev.nucleusdb.raft.log.WalBench.entries;
import static dev.nucleusdb.raft.log.WalBench.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.ClusterId;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.membership.Stores;
import dev.nucleusdb.sim.disk.DiskProfile;
import dev.nucleusdb.sim.fault.CrashMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What was written comes back, and what nobody needs goes.
class WriteAheadLogTest {
  private static final long LARGE = 1 << 20;

  /// So small that every append but the first of a segment begins a new one.
  private static final long ONE_APPEND = 64;

  private static HardState votedFor(long term, int vote) {
    return new HardState(term, new NodeId(vote));
  }

  @Test
  void a_new_log_knows_nothing() {
    WriteAheadLog log = new WalBench().open(LARGE);
    assertThat(words(log)).isEqualTo("after 0@0:");
    assertThat(log.recovered(1).hardState()).isEqualTo(HardState.INITIAL);
  }

  @Test
  void what_was_synced_comes_back_and_appends_go_on_behind_it() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(LARGE);
    log.append(1, votedFor(3, 2), 1, entries(3, "a", "b"));
    bench.sync(log);
    log.append(1, null, 3, entries(3, "lost"));
    bench.crash(CrashMode.DROP, 1);

    WriteAheadLog again = bench.open(LARGE);
    assertThat(words(again)).isEqualTo("after 0@0: 1@3=a 2@3=b");
    assertThat(again.recovered(1).hardState()).isEqualTo(votedFor(3, 2));
    again.append(1, new HardState(4, null), 3, entries(4, "c"));
    bench.sync(again);
    bench.crash(CrashMode.DROP, 1);

    WriteAheadLog last = bench.open(LARGE);
    assertThat(words(last)).isEqualTo("after 0@0: 1@3=a 2@3=b 3@4=c");
    assertThat(last.recovered(1).hardState()).isEqualTo(new HardState(4, null));
  }

  @Test
  void what_is_gathered_waits_for_its_write() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(LARGE);
    log.gather(1, votedFor(1, 1), 1, entries(1, "a"));
    bench.sync(log);
    bench.crash(CrashMode.DROP, 1);
    WriteAheadLog again = bench.open(LARGE);
    assertThat(words(again)).isEqualTo("after 0@0:");
    assertThat(again.recovered(1).hardState()).isEqualTo(HardState.INITIAL);

    again.gather(1, votedFor(1, 1), 1, entries(1, "a", "b"));
    again.gather(2, votedFor(7, 2), 1, entries(7, "x"));
    again.gather(1, null, 2, entries(1, "B"));
    again.writeGathered();
    bench.sync(again);
    bench.crash(CrashMode.DROP, 1);
    WriteAheadLog last = bench.open(LARGE);
    assertThat(words(last)).isEqualTo("after 0@0: 1@1=a 2@1=B");
    assertThat(last.recovered(1).hardState()).isEqualTo(votedFor(1, 1));
    assertThat(last.recovered(2).hardState()).isEqualTo(votedFor(7, 2));
  }

  @Test
  void what_is_gathered_comes_before_whatever_is_written_later() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(ONE_APPEND);
    for (int index = 1; index <= 5; index++) {
      log.gather(1, new HardState(index, null), index, entries(index, "entry " + index));
    }
    log.append(2, votedFor(9, 3), 1, entries(9, "x"));
    bench.sync(log);
    bench.crash(CrashMode.DROP, 1);
    WriteAheadLog again = bench.open(ONE_APPEND);
    assertThat(words(again))
        .isEqualTo("after 0@0: 1@1=entry 1 2@2=entry 2 3@3=entry 3 4@4=entry 4 5@5=entry 5");
    assertThat(again.recovered(2).hardState()).isEqualTo(votedFor(9, 3));
  }

  @Test
  void room_reserved_behind_the_log_is_no_damage_and_is_given_back_when_a_segment_is_sealed() {
    WalBench bench = new WalBench(DiskProfile.DEFAULT.withRoom(4096));
    WriteAheadLog log = bench.open(1024);
    StringBuilder expected = new StringBuilder("after 0@0:");
    for (int index = 1; index <= 100; index++) {
      log.append(1, null, index, entries(1, "entry " + index));
      bench.sync(log);
      expected.append(' ').append(index).append("@1=entry ").append(index);
    }
    assertThat(log.sealedCount()).as("some were sealed").isGreaterThan(1);
    bench.crash(CrashMode.DROP, 1);
    long leftBytes = bench.disk().open(lastPath(log), Disk.OpenMode.READ).sizeBytes();
    WriteAheadLog again = bench.open(1024);
    assertThat(words(again)).isEqualTo(expected.toString());
    long endBytes = bench.disk().open(lastPath(log), Disk.OpenMode.READ).sizeBytes();
    assertThat(leftBytes).as("the crash left zeros").isGreaterThan(endBytes);
    bench.crash(CrashMode.KEEP, 1);
    assertThat(words(bench.open(1024))).isEqualTo(expected.toString());
  }

  private static String lastPath(WriteAheadLog log) {
    return WriteAheadLog.pathOf(WalBench.FOLDER, log.sealedCount() + 1L);
  }

  @Test
  void an_entry_replaces_what_stood_at_its_index_and_after() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(LARGE);
    log.append(1, votedFor(1, 1), 1, entries(1, "a", "b", "c", "d"));
    log.append(1, votedFor(2, 2), 2, entries(2, "B"));
    bench.sync(log);
    bench.crash(CrashMode.DROP, 1);
    assertThat(words(bench.open(LARGE))).isEqualTo("after 0@0: 1@1=a 2@2=B");
  }

  @Test
  void groups_share_files_and_nothing_else() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(LARGE);
    log.append(1, votedFor(1, 1), 1, entries(1, "a"));
    log.append(2, votedFor(7, 2), 1, entries(7, "x", "y"));
    log.append(1, null, 2, entries(1, "b"));
    bench.sync(log);
    bench.crash(CrashMode.DROP, 1);
    WriteAheadLog again = bench.open(LARGE);
    assertThat(words(again)).isEqualTo("after 0@0: 1@1=a 2@1=b");
    assertThat(words(again.recovered(2).toLog())).isEqualTo("after 0@0: 1@7=x 2@7=y");
    assertThat(again.recovered(2).hardState()).isEqualTo(votedFor(7, 2));
  }

  @Test
  void a_full_segment_is_sealed_and_the_next_repeats_the_hard_state() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(ONE_APPEND);
    log.append(1, votedFor(1, 3), 1, entries(1, "first entry"));
    log.append(1, null, 2, entries(1, "second entry"));
    log.append(1, null, 3, entries(1, "third entry"));
    bench.sync(log);
    assertThat(bench.files()).hasSize(3);
    log.release(1, 2, 1, null);
    assertThat(bench.files().keySet()).containsExactly("raft/wal-0000000003.log");
    bench.crash(CrashMode.DROP, 1);
    WriteAheadLog again = bench.open(ONE_APPEND);
    assertThat(words(again)).isEqualTo("after 2@1: 3@1=third entry");
    assertThat(again.recovered(1).hardState()).isEqualTo(votedFor(1, 3));
  }

  @Test
  void after_a_restart_of_a_log_nothing_of_before_is_there() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(ONE_APPEND);
    log.append(1, votedFor(1, 1), 1, entries(1, "a"));
    log.append(2, votedFor(1, 1), 1, entries(1, "of another group"));
    log.append(1, null, 2, entries(1, "b", "c", "d"));
    log.restart(1, 3, 2, null);
    log.append(1, votedFor(3, 1), 4, entries(3, "D"));
    bench.sync(log);
    bench.crash(CrashMode.DROP, 1);
    WriteAheadLog again = bench.open(ONE_APPEND);
    assertThat(words(again)).isEqualTo("after 3@2: 4@3=D");
    assertThat(words(again.recovered(2).toLog())).isEqualTo("after 0@0: 1@1=of another group");
    again.release(2, 1, 1, null);
    bench.sync(again);
    bench.crash(CrashMode.DROP, 1);
    assertThat(words(bench.open(ONE_APPEND))).isEqualTo("after 3@2: 4@3=D");
  }

  @Test
  void a_segment_goes_only_when_all_groups_let_it_go() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(ONE_APPEND);
    log.append(1, votedFor(1, 1), 1, entries(1, "first of group 1"));
    log.append(2, votedFor(1, 1), 1, entries(1, "first of group 2"));
    log.append(1, null, 2, entries(1, "second of group 1"));
    bench.sync(log);
    log.release(1, 1, 1, null);
    assertThat(bench.files().keySet())
        .containsExactly("raft/wal-0000000002.log", "raft/wal-0000000003.log");
    log.release(2, 1, 1, null);
    assertThat(bench.files().keySet()).containsExactly("raft/wal-0000000003.log");
    bench.crash(CrashMode.DROP, 1);
    WriteAheadLog again = bench.open(ONE_APPEND);
    assertThat(words(again)).isEqualTo("after 1@1: 2@1=second of group 1");
    assertThat(words(again.recovered(2).toLog())).isEqualTo("after 1@1:");
  }

  @Test
  void the_base_of_a_silent_group_outlives_a_restart_and_the_segment_that_said_it() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(ONE_APPEND);
    log.append(2, votedFor(1, 1), 1, entries(1, "only entry of group 2"));
    log.append(1, votedFor(1, 1), 1, entries(1, "first of group 1"));
    bench.sync(log);
    log.release(2, 1, 1, null);
    bench.crash(CrashMode.DROP, 1);

    WriteAheadLog again = bench.open(ONE_APPEND);
    again.append(1, null, 2, entries(1, "second of group 1"));
    again.append(1, null, 3, entries(1, "third of group 1"));
    bench.sync(again);
    again.release(1, 2, 1, null);
    bench.crash(CrashMode.DROP, 1);

    WriteAheadLog last = bench.open(ONE_APPEND);
    assertThat(words(last)).isEqualTo("after 2@1: 3@1=third of group 1");
    assertThat(words(last.recovered(2).toLog())).isEqualTo("after 1@1:");
  }

  @Test
  void the_hard_state_outlives_its_segment_though_the_head_of_the_next_was_torn() {
    WalBench first = new WalBench();
    WriteAheadLog written = first.open(ONE_APPEND);
    written.append(1, votedFor(1, 3), 1, entries(1, "first entry"));
    written.append(1, null, 2, entries(1, "second entry"));
    Map<String, byte[]> torn = first.files();
    torn.computeIfPresent("raft/wal-0000000002.log", (path, all) -> Arrays.copyOf(all, 20));

    WalBench bench = WalBench.of(torn);
    WriteAheadLog log = bench.open(ONE_APPEND);
    log.append(1, null, 2, entries(1, "second entry, again"));
    bench.sync(log);
    log.release(1, 1, 1, null);
    assertThat(bench.files().keySet()).containsExactly("raft/wal-0000000002.log");
    bench.crash(CrashMode.DROP, 1);
    WriteAheadLog again = bench.open(ONE_APPEND);
    assertThat(again.recovered(1).hardState()).isEqualTo(votedFor(1, 3));
    assertThat(words(again)).isEqualTo("after 1@1: 2@1=second entry, again");
  }

  private static Membership voters(int... numbers) {
    List<Member> members =
        Arrays.stream(numbers)
            .mapToObj(number -> new Member(new NodeId(number), new Address("host" + number)))
            .toList();
    return Membership.of(members, List.of());
  }

  @Test
  void a_disk_keeps_its_name_and_an_empty_one_has_another() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(ONE_APPEND);
    long name = log.storeId();
    assertThat(name).isNotEqualTo(Stores.UNKNOWN);

    bench.crash(CrashMode.DROP, 1);
    log = bench.open(ONE_APPEND);
    assertThat(log.storeId()).as("durable before anybody hears it").isEqualTo(name);

    log.append(1, votedFor(1, 1), 1, entries(1, "first entry"));
    log.append(1, null, 2, entries(1, "second entry"));
    log.append(1, null, 3, entries(1, "third entry"));
    bench.sync(log);
    log.release(1, 2, 1, null);
    assertThat(bench.files().keySet()).first().isNotEqualTo("raft/wal-0000000001.log");
    bench.crash(CrashMode.DROP, 1);
    assertThat(bench.open(ONE_APPEND).storeId()).as("segments go").isEqualTo(name);

    bench.wipe();
    assertThat(bench.open(ONE_APPEND).storeId()).isNotEqualTo(name);
  }

  @Test
  void a_node_stays_in_the_cluster_that_it_has_entered() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(ONE_APPEND);
    assertThat(log.clusterId()).isEqualTo(ClusterId.FOUNDED);
    long recovered = ClusterId.next(log.clusterId(), 7);

    log.enterCluster(recovered);
    bench.crash(CrashMode.DROP, 1);
    log = bench.open(ONE_APPEND);
    assertThat(log.clusterId()).as("durable at once").isEqualTo(recovered);

    log.append(1, votedFor(1, 1), 1, entries(1, "first entry"));
    log.append(1, null, 2, entries(1, "second entry"));
    log.append(1, null, 3, entries(1, "third entry"));
    bench.sync(log);
    log.release(1, 2, 1, null);
    assertThat(bench.files().keySet()).first().isNotEqualTo("raft/wal-0000000001.log");
    bench.crash(CrashMode.DROP, 1);
    assertThat(bench.open(ONE_APPEND).clusterId()).as("segments go").isEqualTo(recovered);
  }

  @Test
  void who_takes_part_is_found_again_in_the_log_and_at_its_base() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(ONE_APPEND);
    log.append(1, votedFor(1, 1), 1, List.of(Entry.configuration(1, voters(1, 2))));
    log.append(1, null, 2, entries(1, "second entry"));
    log.append(1, null, 3, List.of(Entry.configuration(1, voters(1, 2, 3))));
    log.append(1, null, 4, entries(1, "fourth entry"));
    bench.sync(log);
    RaftLog all = bench.open(ONE_APPEND).recovered(1).toLog();
    assertThat(all.membership()).isEqualTo(voters(1, 2, 3));
    assertThat(all.baseMembership()).isNull();

    for (int base = 1; base <= 3; base++) {
      all.release(base);
      assertThat(all.baseMembership()).isEqualTo(base < 3 ? voters(1, 2) : voters(1, 2, 3));
      log.release(1, base, 1, all.baseMembership());
      bench.crash(CrashMode.DROP, 1);
      log = bench.open(ONE_APPEND);
      RaftLog found = log.recovered(1).toLog();
      assertThat(found.baseIndex()).isEqualTo(base);
      assertThat(found.membership()).isEqualTo(voters(1, 2, 3));
      assertThat(found.baseMembership()).isEqualTo(all.baseMembership());
    }
  }

  @Test
  void a_log_whose_first_entry_found_was_cut_away_later_is_recovered() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(ONE_APPEND);
    log.append(1, votedFor(1, 1), 1, entries(1, "first entry", "second entry"));
    log.append(1, null, 3, entries(1, "cut away, and the next", "cut away"));
    log.append(1, votedFor(2, 1), 2, entries(2, "second entry, again"));
    log.append(1, null, 3, entries(2, "third entry, again"));
    bench.sync(log);
    log.release(1, 2, 2, null);
    assertThat(bench.files().keySet()).first().isEqualTo("raft/wal-0000000002.log");
    bench.crash(CrashMode.DROP, 1);
    assertThat(words(bench.open(ONE_APPEND))).isEqualTo("after 2@2: 3@2=third entry, again");
  }

  @Test
  void a_sync_under_way_completes_though_its_segment_is_sealed() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(ONE_APPEND);
    log.append(1, votedFor(1, 1), 1, entries(1, "first entry"));
    List<String> told = new ArrayList<>();
    log.sync(failure -> told.add(failure == null ? "done" : "failed"));
    log.append(1, null, 2, entries(1, "second entry"));
    log.append(1, null, 3, entries(1, "third entry"));
    assertThat(told).isEmpty();
    bench.elapse();
    assertThat(told).containsExactly("done");
    bench.sync(log);
    bench.crash(CrashMode.DROP, 1);
    assertThat(words(bench.open(ONE_APPEND)))
        .isEqualTo("after 0@0: 1@1=first entry 2@1=second entry 3@1=third entry");
  }

  @Test
  void an_append_that_the_disk_does_not_take_leaves_nothing_behind() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(LARGE);
    log.append(1, votedFor(1, 1), 1, entries(1, "a"));
    bench.sync(log);
    Map<String, byte[]> before = bench.files();
    for (int attempt = 0; attempt < 20; attempt++) {
      bench.machine().trouble().full("test", true);
      assertThatThrownBy(() -> log.append(1, votedFor(2, 2), 2, entries(2, "b", "c")))
          .isInstanceOf(DiskException.class)
          .hasMessage("raft/wal-0000000001.log: no space left on the disk");
      bench.machine().trouble().full("test", false);
      assertThat(bench.files()).containsExactlyEntriesOf(before);
    }
    bench.machine().stop();
    bench.machine().start();
    WriteAheadLog again = bench.open(LARGE);
    assertThat(words(again)).isEqualTo("after 0@0: 1@1=a");
    assertThat(again.recovered(1).hardState()).isEqualTo(votedFor(1, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wal.segment-sealed",
        "wal.segment-created",
        "wal.base-durable",
        "wal.segment-deleted"
      })
  void a_crash_at_any_named_place_takes_nothing_that_was_synced(String point) {
    for (CrashMode mode : CrashMode.values()) {
      for (int hit = 1; hit <= 3; hit++) {
        crashAt("point/n1/" + point + "/" + hit + " down=1s disk=" + mode.label());
      }
    }
  }

  private static void crashAt(String plan) {
    WalBench bench = new WalBench(plan);
    List<Long> synced = new ArrayList<>();
    boolean crashed =
        bench.crashes(() -> {
          WriteAheadLog log = bench.open(ONE_APPEND);
          for (long i = 1; i <= 6; i++) {
            log.append(1, votedFor(i, 1), i, entries(i, "the entry of term " + i));
            bench.sync(log);
            synced.add(i);
            if (i > 2) {
              log.release(1, i - 2, i - 2, null);
            }
          }
        });
    assertThat(crashed).as(plan).isTrue();
    WriteAheadLog again = bench.open(ONE_APPEND);
    RaftLog log = again.recovered(1).toLog();
    assertThat(log.lastIndex()).as(plan).isBetween((long) synced.size(), synced.size() + 1L);
    assertThat(again.recovered(1).hardState().term()).as(plan).isEqualTo(log.lastIndex());
    for (long i = log.baseIndex(); i <= log.lastIndex(); i++) {
      assertThat(log.termAt(i)).as(plan).isEqualTo(i);
    }
    again.append(1, votedFor(9, 1), log.lastIndex() + 1, entries(9, "appends go on"));
    bench.sync(again);
    bench.crash(CrashMode.DROP, 1);
    assertThat(bench.open(ONE_APPEND).recovered(1).toLog().lastTerm()).as(plan).isEqualTo(9);
  }

  @Test
  void a_crash_while_a_torn_tail_is_cut_takes_nothing_either() {
    WalBench first = new WalBench();
    WriteAheadLog log = first.open(LARGE);
    log.append(1, votedFor(1, 1), 1, entries(1, "a"));
    first.sync(log);
    Map<String, byte[]> files = first.files();
    files.computeIfPresent(
        "raft/wal-0000000001.log", (path, whole) -> Arrays.copyOf(whole, whole.length + 5));

    for (CrashMode mode : CrashMode.values()) {
      String plan = "point/n1/wal.torn-tail-cut/1 down=1s disk=" + mode.label();
      WalBench bench = WalBench.of(files, plan);
      assertThat(bench.crashes(() -> bench.open(LARGE))).isTrue();
      assertThat(words(bench.open(LARGE))).isEqualTo("after 0@0: 1@1=a");
      bench.crash(CrashMode.DROP, 1);
      assertThat(words(bench.open(LARGE))).isEqualTo("after 0@0: 1@1=a");
    }
  }

  @Test
  void a_group_that_releases_nothing_does_not_keep_the_files_for_ever() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(ONE_APPEND);
    log.append(1, votedFor(1, 1), 1, entries(1, "idle"));
    RaftLog idle = new RaftLog(0, 0, entries(1, "idle"));
    for (int i = 1; i <= 20; i++) {
      log.append(2, i == 1 ? votedFor(1, 2) : null, i, entries(1, "busy " + i));
      log.release(2, i, 1, null);
    }
    assertThat(log.sealedCount()).isEqualTo(20);
    assertThat(log.pinning()).containsExactly(1);
    log.move(Map.of(1, idle));
    assertThat(log.sealedCount()).isZero();
    log.append(2, null, 21, entries(1, "busy 21"));
    bench.crash(CrashMode.DROP, 1);
    WriteAheadLog again = bench.open(ONE_APPEND);
    assertThat(words(again)).isEqualTo("after 0@0: 1@1=idle");
    assertThat(again.recovered(1).hardState()).isEqualTo(votedFor(1, 1));
    assertThat(words(again.recovered(2).toLog())).isEqualTo("after 20@1:");
  }

  @Test
  void what_was_moved_cuts_nothing_and_begins_the_log_once_the_rest_is_gone() {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(ONE_APPEND);
    log.append(2, votedFor(1, 2), 1, entries(1, "keeps the first segment"));
    log.append(1, votedFor(1, 1), 1, entries(1, "a", "b", "c"));
    log.append(1, null, 4, entries(1, "d"));
    log.move(Map.of(1, new RaftLog(0, 0, entries(1, "a", "b", "c", "d"))));
    bench.crash(CrashMode.DROP, 1);
    WriteAheadLog again = bench.open(ONE_APPEND);
    assertThat(words(again)).isEqualTo("after 0@0: 1@1=a 2@1=b 3@1=c 4@1=d");
    again.append(1, null, 5, entries(1, "e"));
    again.release(2, 1, 1, null);
    bench.sync(again);
    bench.crash(CrashMode.DROP, 1);
    assertThat(words(bench.open(ONE_APPEND))).isEqualTo("after 0@0: 1@1=a 2@1=b 3@1=c 4@1=d 5@1=e");
  }
}
