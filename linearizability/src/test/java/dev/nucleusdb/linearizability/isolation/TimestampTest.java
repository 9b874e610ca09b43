package dev.nucleusdb.linearizability.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.BaseLevel;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.transaction.DataModel;
import dev.nucleusdb.linearizability.isolation.transaction.StepKind;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.verify.ProofVerifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TimestampTest {
  private static final int HISTORY_COUNT = 10 * Integer.getInteger("judges.histories", 150);
  private static final int FIRST_SEED = Integer.getInteger("judges.seed", 0);

  private static IsolationVerdict lists(String... lines) {
    return TransactionChecker.checkTimestamps(
        TransactionSketch.of(DataModel.LISTS, List.of(lines)), Patience.endless());
  }

  private static Anomaly against(IsolationVerdict verdict, IsolationLevel level) {
    return ((Standing.Violated) verdict.standing(level)).finding().anomaly();
  }

  @Test
  void commits_against_real_time_break_strictness_alone() {
    IsolationVerdict verdict = lists("A: ax1 [0,1] {10,10}", "B: ay1 [2,3] {5,5}");
    assertThat(verdict.holds(IsolationLevel.STRONG_SESSION_SERIALIZABLE)).isTrue();
    assertThat(verdict.holds(IsolationLevel.CAUSAL)).isTrue();
    assertThat(against(verdict, IsolationLevel.STRICT_SERIALIZABLE))
        .isEqualTo(Anomaly.REAL_TIME_ORDER);
  }

  @Test
  void a_snapshot_that_lacks_a_version_is_stale() {
    IsolationVerdict verdict = lists("A: ax1 {4,5}", "B: rx {7,7}");
    assertThat(against(verdict, IsolationLevel.SNAPSHOT_ISOLATION))
        .isEqualTo(Anomaly.STALE_SNAPSHOT);
    Standing.Violated standing =
        (Standing.Violated) verdict.standing(IsolationLevel.SNAPSHOT_ISOLATION);
    assertThat(standing.finding().reasons())
        .containsExactly(
            "T2 with the snapshot of 7 read x as [], though the newest version was that of T1 at 5");
  }

  @Test
  void a_snapshot_has_what_was_committed_at_its_own_timestamp() {
    assertThat(lists("A: ax1 {4,5}", "B: rx1 ay1 {5,7}").holds(IsolationLevel.SNAPSHOT_ISOLATION))
        .isTrue();
  }

  @Test
  void blind_appends_of_overlapping_snapshots_conflict() {
    IsolationVerdict verdict = lists("A: ax1 {1,4}", "B: ax2 {2,5}");
    assertThat(against(verdict, IsolationLevel.SNAPSHOT_ISOLATION))
        .isEqualTo(Anomaly.WRITE_CONFLICT);
    assertThat(verdict.holds(IsolationLevel.SERIALIZABLE)).isTrue();
  }

  @Test
  void a_snapshot_before_the_own_sessions_commit_breaks_session_order() {
    IsolationVerdict verdict = lists("A: ax1 [0,1] {1,4}", "A: ay1 [2,3] {3,6}");
    assertThat(verdict.holds(IsolationLevel.SNAPSHOT_ISOLATION)).isTrue();
    assertThat(against(verdict, IsolationLevel.STRONG_SESSION_SNAPSHOT_ISOLATION))
        .isEqualTo(Anomaly.SESSION_ORDER);
    assertThat(verdict.holds(IsolationLevel.STRICT_SERIALIZABLE)).isTrue();
  }

  @Test
  void timestamps_that_are_missing_or_upside_down_are_defects() {
    assertThat(lists("A: ax1").defect()).hasValue("T1 has no timestamp");
    assertThat(lists("A: ax1 {5,4}").defect()).hasValue("T1 started at 5, after its commit at 4");
  }

  @Test
  void registers_are_judged_too() {
    IsolationVerdict verdict =
        TransactionChecker.checkTimestamps(
            TransactionSketch.of(
                DataModel.REGISTERS,
                List.of("A: wx1 rx1 {1,2}", "B: rx1 wx2 {3,4}", "C: rx1 {5,5}")),
            Patience.endless());
    assertThat(against(verdict, IsolationLevel.SERIALIZABLE)).isEqualTo(Anomaly.STALE_SNAPSHOT);
    assertThat(verdict.findings().getFirst().transactions()).containsExactly(1, 2);
  }

  @Test
  void every_level_stands_as_its_definition_says() {
    Map<IsolationLevel, Integer> held = new EnumMap<>(IsolationLevel.class);
    for (int seed = FIRST_SEED; seed < FIRST_SEED + HISTORY_COUNT; seed++) {
      TransactionHistory history = RandomTimestamps.of(seed);
      IsolationVerdict verdict = TransactionChecker.checkTimestamps(history, Patience.endless());
      Proofs.requireAll(verdict, ProofVerifier::verifyTimestamps);
      for (OrderKept order : OrderKept.values()) {
        for (BaseLevel base : new BaseLevel[] {BaseLevel.SNAPSHOT, BaseLevel.SERIALIZABLE}) {
          IsolationLevel level = IsolationLevel.of(base, order);
          boolean expected = new Definition(history, level).holds();
          assertThat(verdict.holds(level)).as("%s of seed %d", level, seed).isEqualTo(expected);
          held.merge(level, expected ? 1 : 0, Integer::sum);
        }
      }
    }
    assertThat(held.values())
        .allMatch(count -> count > HISTORY_COUNT / 50 && count < 49 * HISTORY_COUNT / 50);
  }

  /// The definitions, word for word.
  private record Definition(TransactionHistory history, IsolationLevel level) {
    boolean holds() {
      return IntStream.range(0, history.size()).allMatch(this::readsRight)
          && IntStream.range(0, history.size()).allMatch(this::isAfterItsPast)
          && (serial() || IntStream.range(0, history.size()).noneMatch(this::conflicts));
    }

    private boolean serial() {
      return level.base() == BaseLevel.SERIALIZABLE;
    }

    private boolean readsRight(int transaction) {
      for (int step = history.firstStep(transaction); step < history.endStep(transaction); step++) {
        if (history.kind(step) == StepKind.READ_LIST
            && history.outcome(transaction) == Outcome.OK
            && !read(step).equals(expected(transaction, step))) {
          return false;
        }
      }
      return true;
    }

    private List<Integer> read(int step) {
      return IntStream.range(history.listStart(step), history.listEnd(step))
          .mapToObj(place -> history.elements()[place])
          .toList();
    }

    private List<Integer> expected(int transaction, int step) {
      List<Integer> expected = new ArrayList<>();
      IntStream.range(0, history.size())
          .boxed()
          .filter(other -> other != transaction)
          .filter(other ->
              serial()
                  ? history.commitTimestamp(other) < history.commitTimestamp(transaction)
                  : history.commitTimestamp(other) <= history.startTimestamp(transaction))
          .sorted(Comparator.comparingLong(history::commitTimestamp))
          .forEach(other -> expected.addAll(appended(other, history.key(step), Integer.MAX_VALUE)));
      expected.addAll(appended(transaction, history.key(step), step));
      return expected;
    }

    private List<Integer> appended(int transaction, int key, int end) {
      return IntStream.range(history.firstStep(transaction), history.endStep(transaction))
          .filter(step ->
              step < end && history.key(step) == key && history.kind(step) == StepKind.APPEND)
          .mapToObj(history::value)
          .toList();
    }

    private boolean isAfterItsPast(int transaction) {
      long own =
          serial() ? history.commitTimestamp(transaction) : history.startTimestamp(transaction);
      for (int other = 0; other < history.size(); other++) {
        boolean session =
            other < transaction && history.session(other) == history.session(transaction);
        boolean time = history.returnTime(other) < history.invokeTime(transaction);
        boolean precedes =
            history.outcome(other) == Outcome.OK
                && ((session && level.order() != OrderKept.NONE)
                    || (time && level.order() == OrderKept.REAL_TIME));
        if (precedes && history.commitTimestamp(other) > own) {
          return false;
        }
      }
      return true;
    }

    private boolean conflicts(int transaction) {
      for (int other = 0; other < history.size(); other++) {
        long commit = history.commitTimestamp(other);
        if (other != transaction
            && commit > history.startTimestamp(transaction)
            && commit < history.commitTimestamp(transaction)) {
          for (int key = 0; key < history.keyCount(); key++) {
            if (!appended(other, key, Integer.MAX_VALUE).isEmpty()
                && !appended(transaction, key, Integer.MAX_VALUE).isEmpty()) {
              return true;
            }
          }
        }
      }
      return false;
    }
  }
}
