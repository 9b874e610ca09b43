package dev.nucleusdb.raft.log;

import static dev.nucleusdb.raft.log.WalBench.entries;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.raft.group.GroupHost;
import dev.nucleusdb.raft.group.HostOptions;
import dev.nucleusdb.raft.membership.ClusterId;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.membership.Stores;
import dev.nucleusdb.raft.recovery.Survivor;
import dev.nucleusdb.sim.fault.CrashMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Who may go on alone, and what is on the disk then.
class SurvivorTest {
  private static final NodeId SELF = new NodeId(1);
  private static final Address HERE = new Address("n1");

  private static WalBench bench(long boundTo, String... commands) {
    WalBench bench = new WalBench();
    WriteAheadLog log = bench.open(HostOptions.DEFAULT.segmentSizeBytes());
    long store = boundTo == 0 ? log.storeId() : boundTo;
    Membership both =
        new Membership(
            Configuration.ofVoters(List.of(SELF, new NodeId(2))),
            List.of(new Member(SELF, HERE), new Member(new NodeId(2), new Address("n2"))),
            new Stores(List.of(new Stores.Bound(SELF, store))));
    log.append(
        GroupHost.LONE_GROUP, new HardState(3, null), 1, List.of(Entry.configuration(3, both)));
    log.append(GroupHost.LONE_GROUP, null, 2, entries(3, commands));
    bench.sync(log);
    log.close();
    return bench;
  }

  private static Survivor open(WalBench bench) {
    return Survivor.open(bench.disk(), new SplitMix(5));
  }

  @Test
  void it_is_the_only_voter_of_another_cluster_and_keeps_its_log() {
    WalBench bench = bench(0, "x", "y");
    Survivor survivor = open(bench);
    String file = survivor.becomeCluster(SELF, null, List.of("who and why"));
    bench.crash(CrashMode.DROP, 1);

    WriteAheadLog log = bench.open(HostOptions.DEFAULT.segmentSizeBytes());
    RecoveredLog found = log.recovered(GroupHost.LONE_GROUP);
    assertThat(ClusterId.generation(log.clusterId())).isEqualTo(1);
    assertThat(found.hardState()).isEqualTo(new HardState(4, null));
    assertThat(found.toLog().lastIndex()).isEqualTo(4);
    Membership alone = Objects.requireNonNull(found.toLog().membership());
    assertThat(alone.configuration()).isEqualTo(Configuration.ofVoters(List.of(SELF)));
    assertThat(alone.stores().of(SELF)).isEqualTo(log.storeId());
    assertThat(new String(bench.machine().disk().content(file), UTF_8)).isEqualTo("who and why\n");
  }

  @Test
  void the_longer_log_of_the_later_term_is_more_up_to_date() {
    Survivor longer = open(bench(0, "x", "y"));
    Survivor shorter = open(bench(0, "x"));
    assertThat(longer.isAtLeast(shorter)).isTrue();
    assertThat(shorter.isAtLeast(longer)).isFalse();
    assertThat(shorter.isAtLeast(shorter)).isTrue();
  }

  @Test
  void who_has_lost_an_entry_that_its_store_lacks_cannot_go_on() {
    String[] many = new String[40];
    Arrays.fill(many, "z".repeat(1000));
    WalBench bench = bench(0, many);
    WriteAheadLog log = bench.open(HostOptions.DEFAULT.segmentSizeBytes());
    log.append(GroupHost.LONE_GROUP, null, 42, entries(3, "known to be behind what is durable"));
    log.close();
    Map<String, byte[]> files = new TreeMap<>(bench.files());
    byte[] first = Objects.requireNonNull(files.get("raft/wal-0000000001.log")).clone();
    first[3000] ^= 1;
    files.put("raft/wal-0000000001.log", first);

    Survivor survivor = open(WalBench.of(files));

    assertThat(survivor.hole(0)).startsWith("entry 4 of its log is damaged");
    assertThat(survivor.hole(4)).isNull();
    assertThat(open(bench).hole(0)).isNull();
  }

  @Test
  void who_has_no_whole_log_cannot_go_on() {
    assertThat(open(bench(0, "x")).obstacle(SELF, null)).isNull();
    assertThat(open(bench(0, "x")).obstacle(new NodeId(7), null)).contains("n7 is no member");
    assertThat(open(bench(99, "x")).obstacle(SELF, null)).contains("no whole one");

    WalBench empty = new WalBench();
    assertThatThrownBy(() -> open(empty)).hasMessageContaining("no log");
    empty.open(HostOptions.DEFAULT.segmentSizeBytes()).close();
    assertThat(open(empty).obstacle(SELF, HERE)).contains("empty");
    assertThatThrownBy(() -> open(empty).becomeCluster(SELF, HERE, List.of()))
        .hasMessageContaining("cannot go on alone");
  }
}
