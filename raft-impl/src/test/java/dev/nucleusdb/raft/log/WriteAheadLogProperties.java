package dev.nucleusdb.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.fault.CrashMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/// Against a list of everything that was ever written: what a crash leaves is the state after some
/// prefix of it, and that prefix holds all that was synced. So nothing durable is lost, nothing is
/// invented, and no term or vote older than a synced one comes back.
class WriteAheadLogProperties {
  private static final int GROUP_COUNT = 2;
  private static final List<CrashMode> MODES = List.of(CrashMode.values());

  /// One frame's worth of change.
  private record Change(int group, @Nullable HardState hardState, long index, Entry entry) {}

  /// What a group's state is after some changes; never forgets what was released.
  private static final class GroupModel {
    HardState hardState = HardState.INITIAL;
    final List<Entry> entries = new ArrayList<>();

    void apply(Change change) {
      if (change.hardState() != null) {
        hardState = change.hardState();
        return;
      }
      entries.subList((int) change.index() - 1, entries.size()).clear();
      entries.add(change.entry());
    }

    boolean isWhatWasFound(RecoveredLog found, long releasedIndex) {
      RaftLog log = found.toLog();
      boolean fits =
          found.hardState().equals(hardState)
              && log.baseIndex() <= releasedIndex
              && log.lastIndex() == entries.size();
      for (long i = log.baseIndex(); fits && i <= log.lastIndex(); i++) {
        long term = i == 0 ? 0 : entries.get((int) i - 1).term();
        fits = log.termAt(i) == term;
        if (fits && i > log.baseIndex()) {
          byte[] command = entries.get((int) i - 1).command();
          fits = Arrays.equals(log.entryAt(i).command(), command);
        }
      }
      return fits;
    }
  }

  private static final class Run {
    private final WalBench bench = new WalBench();
    private final SplitMix random;
    private final long segmentSizeBytes;
    private final List<Change> changes = new ArrayList<>();
    private final long[] releasedIndex = new long[GROUP_COUNT];
    private int durableCount;
    private WriteAheadLog log;

    Run(long seed) {
      random = new SplitMix(seed);
      segmentSizeBytes = random.nextBetween(30, 600);
      log = bench.open(segmentSizeBytes);
    }

    GroupModel[] modelAfter(int count) {
      GroupModel[] groups = new GroupModel[GROUP_COUNT];
      Arrays.setAll(groups, group -> new GroupModel());
      changes.subList(0, count).forEach(change -> groups[change.group()].apply(change));
      return groups;
    }

    void append() {
      int group = random.nextInt(GROUP_COUNT);
      GroupModel model = modelAfter(changes.size())[group];
      HardState state = null;
      if (model.hardState.term() == 0 || random.chance(0.3)) {
        long term = model.hardState.term() + random.nextInt(2) + 1;
        state = new HardState(term, random.chance(0.3) ? null : new NodeId(random.nextInt(3) + 1));
        changes.add(new Change(group, state, 0, Entry.noOp(0)));
      }
      long term = state == null ? model.hardState.term() : state.term();
      long last = model.entries.size();
      long first = last + 1;
      if (random.chance(0.3)) {
        first = random.nextBetween(releasedIndex[group] + 1, last + 1);
      }
      List<Entry> entries = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        String text = "x".repeat(random.nextInt(40)) + changes.size();
        Entry entry = new Entry(term, text.getBytes(StandardCharsets.UTF_8));
        changes.add(new Change(group, null, first + entries.size(), entry));
        entries.add(entry);
      }
      // Not at random: seeds that once failed are to go on as they did.
      if (changes.size() % 3 == 0) {
        log.gather(group, state, first, entries);
      } else {
        log.append(group, state, first, entries);
      }
    }

    void sync(boolean waits) {
      int covered = changes.size();
      log.writeGathered();
      log.sync(failure -> durableCount = Math.max(durableCount, covered));
      if (waits) {
        bench.elapse();
        assertThat(durableCount).isEqualTo(covered);
      }
    }

    /// Only what is durable, and will not be replaced, is ever released.
    void release() {
      int group = random.nextInt(GROUP_COUNT);
      GroupModel model = modelAfter(changes.size())[group];
      if (durableCount == changes.size() && model.entries.size() > releasedIndex[group]) {
        long index = random.nextBetween(releasedIndex[group] + 1, model.entries.size());
        releasedIndex[group] = index;
        log.release(group, index, model.entries.get((int) index - 1).term(), null);
      }
    }

    /// What a group has that was not released, from the model: that is what its log holds.
    void move() {
      GroupModel[] models = modelAfter(changes.size());
      TreeMap<Integer, RaftLog> logs = new TreeMap<>();
      for (int group = 0; group < GROUP_COUNT; group++) {
        if (random.chance(0.5)) {
          List<Entry> entries = models[group].entries;
          int base = (int) releasedIndex[group];
          long baseTerm = base == 0 ? 0 : entries.get(base - 1).term();
          List<Entry> held = entries.subList(base, entries.size());
          logs.put(group, new RaftLog(base, baseTerm, held));
        }
      }
      if (logs.isEmpty()) {
        return;
      }
      long before = log.fileBytes();
      log.move(logs);
      durableCount = changes.size();
      assertThat(log.pinning()).doesNotContainAnyElementsOf(logs.keySet());
      Statistics.collect(log.fileBytes() < before ? "a move frees segments" : "it frees none");
    }

    void crash() {
      CrashMode mode = MODES.get(random.nextInt(MODES.size()));
      bench.crash(mode, random.nextLong());
      log = bench.open(segmentSizeBytes);
      int count = changes.size();
      while (count >= durableCount && !isWhatWasFound(modelAfter(count))) {
        count--;
      }
      assertThat(count)
          .as("%s: the state found is none of those after %d changes", mode, durableCount)
          .isGreaterThanOrEqualTo(durableCount);
      changes.subList(count, changes.size()).clear();
      durableCount = count;
    }

    private boolean isWhatWasFound(GroupModel[] groups) {
      boolean found = true;
      for (int group = 0; group < GROUP_COUNT; group++) {
        found &= groups[group].isWhatWasFound(log.recovered(group), releasedIndex[group]);
      }
      return found;
    }
  }

  @Example
  void seeds_that_once_failed_do_not_fail_again() {
    long[] seeds = {
      10729430, // the base of a silent group was forgotten at a restart
      -176130, // what was gathered was not written when entries of others were moved
      -1606456895, // the head of a segment was torn, and the hard state deleted with the one before
    };
    for (long seed : seeds) {
      what_a_crash_leaves_is_a_prefix_that_holds_all_that_was_synced(seed);
    }
  }

  @Property(tries = 200)
  void what_a_crash_leaves_is_a_prefix_that_holds_all_that_was_synced(@ForAll long seed) {
    Run run = new Run(seed);
    for (int step = 0; step < 60; step++) {
      switch (run.random.nextInt(11)) {
        case 0, 1, 2, 3, 4 -> run.append();
        case 5 -> run.sync(false);
        case 6 -> run.sync(true);
        case 7, 8 -> run.release();
        case 9 -> run.move();
        default -> run.crash();
      }
    }
    run.crash();
  }
}
