package dev.nucleusdb.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.raft.membership.Membership;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/// A log of several groups, segments and terms, in which any bytes are damaged: either it says so
/// and changes nothing, or it is the log that it was, but for commands that it says are lost; and
/// with these found again it is that log altogether.
class WalRepairProperties {
  private static final int GROUPS = 3;
  private static final int CLUSTER = 5;

  /// A log in files, and what was read from these while they were whole.
  ///
  /// @param lastDurableBytes how far the last file was durable when the last write was made
  private record Whole(
      Map<String, byte[]> files,
      int lastDurableBytes,
      long segmentSizeBytes,
      long storeId,
      Map<Integer, HardState> states,
      Map<Integer, RaftLog> logs) {}

  @Example
  void seeds_that_once_failed_do_not_fail_again() {
    long[] seeds = {
      69222, // a base that was lost a second time made the log believe that it knew its membership
      -8766, // a torn tail took with it what had told of damage before it
    };
    for (long seed : seeds) {
      what_is_damaged_is_known_or_refused(seed);
    }
  }

  @Property(tries = 400)
  void what_is_damaged_is_known_or_refused(@ForAll long seed) {
    SplitMix random = new SplitMix(seed);
    Whole whole = write(random);
    Map<String, byte[]> files = damaged(random, whole);
    WalBench bench = WalBench.of(files);
    WriteAheadLog log;
    try {
      log = bench.open(whole.segmentSizeBytes());
    } catch (CorruptionException e) {
      Statistics.collect("refused");
      assertThat(bench.files()).as("nothing is changed").containsAllEntriesOf(files);
      return;
    }
    Statistics.collect(requireKnown(log, whole) ? "known" : "harmless");
    refill(bench, log, whole);
    log.close();
    WriteAheadLog again = bench.open(whole.segmentSizeBytes());
    assertThat(requireKnown(again, whole)).as("still lost").isFalse();
  }

  /// What was found is durable beside what it fills, and follows it: a crash leaves the hole or the
  /// entry.
  private static void refill(WalBench bench, WriteAheadLog log, Whole whole) {
    whole
        .logs()
        .forEach((group, held) -> {
          RaftLog found = log.recovered(group).toLog();
          for (long i = found.baseIndex() + 1; i <= found.lastIndex(); i++) {
            if (found.lacks(i, held.termAt(i))) {
              log.gatherFound(group, i, held.entryAt(i));
            }
          }
        });
    log.writeGathered();
    bench.sync(log);
  }

  /// @return whether something is lost
  private static boolean requireKnown(WriteAheadLog log, Whole whole) {
    boolean lost = false;
    assertThat(log.storeId()).isEqualTo(whole.storeId());
    assertThat(log.clusterId()).isEqualTo(CLUSTER);
    for (int group = 1; group <= GROUPS; group++) {
      RecoveredLog recovered = log.recovered(group);
      RaftLog found = recovered.toLog();
      RaftLog held = Objects.requireNonNull(whole.logs().get(group));
      assertThat(recovered.hardState()).isEqualTo(whole.states().get(group));
      assertThat(found.lastIndex()).isEqualTo(held.lastIndex());
      assertThat(found.baseIndex()).isEqualTo(held.baseIndex());
      assertThat(found.membership()).isEqualTo(held.membership());
      assertThat(found.baseMembership()).isEqualTo(held.baseMembership());
      for (long i = held.baseIndex(); i <= held.lastIndex(); i++) {
        assertThat(found.termAt(i)).isEqualTo(held.termAt(i));
        if (i > held.baseIndex() && found.lacks(i, held.termAt(i))) {
          lost = true;
        } else if (i > held.baseIndex()) {
          assertThat(found.entryAt(i).command()).isEqualTo(held.entryAt(i).command());
        }
      }
      assertThat(found.isSound()).isEqualTo(found.soundIndex() == found.lastIndex());
    }
    return lost;
  }

  private static Map<String, byte[]> damaged(SplitMix random, Whole whole) {
    Map<String, byte[]> changed = new TreeMap<>(whole.files());
    List<String> paths = List.copyOf(changed.keySet());
    for (int i = random.nextInt(3); i >= 0; i--) {
      String path = paths.get(random.nextInt(paths.size()));
      byte[] bytes = Objects.requireNonNull(changed.get(path)).clone();
      // What was written last says how far the rest was durable, which may else be a torn tail.
      int end = path.equals(paths.getLast()) ? whole.lastDurableBytes() : bytes.length;
      if (end == 0) {
        continue;
      }
      int from = random.nextInt(end);
      int to = Math.min(end, from + 1 + random.nextInt(random.chance(0.5) ? 8 : 300));
      if (random.chance(0.5)) {
        Arrays.fill(bytes, from, to, (byte) 0);
      } else {
        for (int at = from; at < to; at++) {
          bytes[at] = (byte) random.nextInt(256);
        }
      }
      changed.put(path, bytes);
    }
    return changed;
  }

  /// Writes at random, and closes with all of it durable, and with frames behind that know it.
  private static Whole write(SplitMix random) {
    WalBench bench = new WalBench();
    long segmentSizeBytes = random.nextBetween(300, 6000);
    WriteAheadLog log = bench.open(segmentSizeBytes);
    log.enterCluster(CLUSTER);
    Map<Integer, HardState> states = new TreeMap<>();
    Map<Integer, RaftLog> logs = new TreeMap<>();
    for (int group = 1; group <= GROUPS; group++) {
      states.put(group, new HardState(1, new NodeId(1)));
      logs.put(group, new RaftLog(0, 0, List.of()));
      log.append(group, states.get(group), 1, List.of());
    }
    for (int step = (int) random.nextBetween(5, 120); step >= 0; step--) {
      int group = random.nextInt(GROUPS) + 1;
      RaftLog held = Objects.requireNonNull(logs.get(group));
      switch (random.nextInt(12)) {
        case 0 -> {
          bench.sync(log);
          long index = random.nextBetween(held.baseIndex(), held.lastIndex());
          if (index > held.baseIndex()) {
            held.release(index);
            log.release(group, index, held.termAt(index), held.baseMembership());
          }
        }
        case 1 -> log.move(new TreeMap<>(Map.of(group, held)));
        case 2 -> bench.sync(log);
        default -> append(random, log, group, held, states);
      }
    }
    bench.sync(log);
    Map<String, byte[]> before = bench.files();
    log.append(1, states.get(1), Objects.requireNonNull(logs.get(1)).lastIndex() + 1, List.of());
    bench.sync(log);
    Map<String, byte[]> files = bench.files();
    // As it is read: a base that was only said counts once it is written.
    WriteAheadLog read = WalBench.of(files).open(segmentSizeBytes);
    Map<Integer, RaftLog> found = new TreeMap<>();
    logs.keySet().forEach(group -> found.put(group, read.recovered(group).toLog()));
    String last = new TreeMap<>(files).lastKey();
    int durable = before.getOrDefault(last, new byte[0]).length;
    return new Whole(files, durable, segmentSizeBytes, log.storeId(), states, found);
  }

  private static void append(
      SplitMix random, WriteAheadLog log, int group, RaftLog held, Map<Integer, HardState> states) {
    HardState state = Objects.requireNonNull(states.get(group));
    HardState news = null;
    if (random.chance(0.2)) {
      news = new HardState(state.term() + 1, random.chance(0.3) ? null : new NodeId(2));
      states.put(group, news);
    }
    long term = news == null ? state.term() : news.term();
    long first = held.lastIndex() + 1;
    int count = random.nextInt(5);
    if (count > 0 && news != null && random.chance(0.5)) {
      first = random.nextBetween(held.baseIndex() + 1, held.lastIndex() + 1);
      if (first <= held.lastIndex()) {
        held.truncateFrom(first);
      }
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = count; i > 0; i--) {
      String text = "x".repeat(random.nextInt(60)) + first;
      Entry entry = new Entry(term, text.getBytes(StandardCharsets.UTF_8));
      if (random.chance(0.05)) {
        Member member = new Member(new NodeId(random.nextInt(9) + 1), new Address("somewhere"));
        entry = Entry.configuration(term, Membership.of(List.of(member), List.of()));
      }
      entries.add(entry);
      held.append(entry);
    }
    log.append(group, news, first, entries);
  }
}
