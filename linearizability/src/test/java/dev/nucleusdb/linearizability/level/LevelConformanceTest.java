package dev.nucleusdb.linearizability.level;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.Catalogue;
import dev.nucleusdb.linearizability.Limits;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LevelConformanceTest {
  static List<Catalogue.Row> rows() {
    return Catalogue.rows();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void no_row_expects_a_level_without_what_it_implies(Catalogue.Row row) {
    row.expect()
        .forEach((strong, holds) ->
            row.expect()
                .forEach((weak, weakHolds) -> {
                  if (holds && Level.named(strong).implies(Level.named(weak))) {
                    assertThat(weakHolds).as("%s, and so %s", strong, weak).isTrue();
                  }
                }));
    if (row.expect().getOrDefault("causal", false)) {
      assertThat(row.broken()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void every_row_is_at_the_levels_that_it_names(Catalogue.Row row) {
    LevelReport report = LevelChecker.check(row.history(), row.model(), Limits.defaults());
    for (Map.Entry<String, Boolean> expected : row.expect().entrySet()) {
      assertThat(report.of(Level.named(expected.getKey())))
          .as(expected.getKey())
          .isInstanceOf(
              expected.getValue() ? LevelVerdict.Holds.class : LevelVerdict.Violated.class);
    }
    assertThat(report.broken().stream().map(LevelConformanceTest::initials))
        .containsExactlyElementsOf(row.broken());
  }

  private static String initials(List<Level> set) {
    return set.stream()
        .map(level ->
            switch (level) {
              case READ_YOUR_WRITES -> "RYW";
              case MONOTONIC_READS -> "MR";
              case MONOTONIC_WRITES -> "MW";
              case WRITES_FOLLOW_READS -> "WFR";
              case LINEARIZABLE, SEQUENTIAL, CAUSAL, PRAM -> level.word();
            })
        .collect(Collectors.joining("+"));
  }
}
