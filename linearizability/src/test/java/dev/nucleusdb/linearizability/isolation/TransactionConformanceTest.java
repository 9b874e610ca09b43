package dev.nucleusdb.linearizability.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.transaction.DataModel;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TransactionConformanceTest {
  static List<TransactionCatalogue.Row> rows() {
    return TransactionCatalogue.rows();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void every_row_stands_as_expected_on_every_level(TransactionCatalogue.Row row) {
    IsolationVerdict verdict = TransactionChecker.checkLists(row.history(), Patience.endless());
    Proofs.require(verdict);
    Map<String, Boolean> found = new LinkedHashMap<>();
    verdict
        .standings()
        .forEach((level, standing) -> found.put(level.label(), standing instanceof Standing.Holds));
    assertThat(found).isEqualTo(row.expect());
    assertThat(verdict.findings())
        .extracting(finding -> finding.anomaly().label())
        .containsAll(row.shows());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void what_holds_in_a_row_includes_all_that_it_implies(TransactionCatalogue.Row row) {
    assertThat(row.expect()).hasSize(IsolationLevel.values().length);
    SoftAssertions softly = new SoftAssertions();
    for (IsolationLevel level : IsolationLevel.values()) {
      if (row.expect().getOrDefault(level.label(), false)) {
        Arrays.stream(IsolationLevel.values())
            .filter(level::implies)
            .forEach(weaker ->
                softly
                    .assertThat(row.expect().get(weaker.label()))
                    .as("%s implies %s", level, weaker)
                    .isTrue());
      }
    }
    softly.assertAll();
  }

  @Test
  void elements_that_are_appended_twice_are_a_defect_of_the_history() {
    IsolationVerdict verdict =
        TransactionChecker.checkLists(
            TransactionSketch.of(DataModel.LISTS, List.of("A: ax1", "B: ax1")), Patience.endless());
    assertThat(verdict.defect())
        .hasValueSatisfying(
            defect -> assertThat(defect).startsWith("1 is appended to x by T1 and by T2"));
    assertThat(verdict.standings().values()).allMatch(Standing.Unknown.class::isInstance);
  }

  @Test
  void what_depends_on_the_order_of_versions_that_nobody_read_is_left_open() {
    TransactionHistory history =
        TransactionSketch.of(
            DataModel.LISTS,
            List.of(
                "A: rp ak2 aq1",
                "B: ap1 am1",
                "C: rm1 rn",
                "D: an1 ak1 rs",
                "E: as1 au1",
                "F: ru1 rq"));
    IsolationVerdict verdict = TransactionChecker.checkLists(history, Patience.endless());
    assertThat(verdict.standing(IsolationLevel.SNAPSHOT_ISOLATION))
        .isEqualTo(new Standing.Unknown("it depends on the order of versions that nobody read"));
    assertThat(verdict.holds(IsolationLevel.STRONG_PARALLEL_SNAPSHOT_ISOLATION)).isTrue();
    assertThat(BruteForceLevels.of(DataModel.LISTS, history))
        .contains(IsolationLevel.STRONG_PARALLEL_SNAPSHOT_ISOLATION)
        .doesNotContain(IsolationLevel.SNAPSHOT_ISOLATION);
  }

  @Test
  void write_skew_beside_versions_that_nobody_read_is_snapshot_isolation() {
    IsolationVerdict verdict =
        TransactionChecker.checkLists(
            TransactionSketch.of(
                DataModel.LISTS, List.of("A: ry ax1", "B: rx ay1", "C: az1", "D: az2")),
            Patience.endless());
    assertThat(verdict.strongest()).containsExactly(IsolationLevel.STRONG_SNAPSHOT_ISOLATION);
  }

  @Test
  void a_long_cycle_is_shown_among_much_that_is_not_on_it() {
    IsolationVerdict verdict =
        TransactionChecker.checkLists(RingOfTransactions.of(1_000, 30), Patience.endless());
    assertThat(verdict.holds(IsolationLevel.STRONG_CAUSAL)).isTrue();
    Standing standing = verdict.standing(IsolationLevel.PARALLEL_SNAPSHOT_ISOLATION);
    assertThat(standing)
        .isInstanceOfSatisfying(
            Standing.Violated.class,
            violated -> assertThat(violated.finding().transactions()).hasSize(1_000));
  }
}
