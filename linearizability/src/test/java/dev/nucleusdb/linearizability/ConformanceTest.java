package dev.nucleusdb.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.search.SearchOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ConformanceTest {
  static List<Catalogue.Row> rows() {
    return Catalogue.rows();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void every_row_gets_its_verdict_with_every_choice_of_search_options(Catalogue.Row row) {
    for (SearchOptions options : Histories.allSearchOptions()) {
      boolean hopeless = row.id().equals("L24") && !options.dominance();
      if (!hopeless) {
        Verdict verdict =
            LinearizabilityChecker.check(row.history(), row.model(), Limits.defaults(), options);
        Histories.requireProved(row.history(), row.model(), verdict, row.linearizable());
      }
    }
  }

  @Test
  void only_the_key_that_is_wrong_is_blamed() {
    Catalogue.Row row = Catalogue.row("L27");
    Verdict verdict = LinearizabilityChecker.check(row.history(), row.model(), Limits.defaults());
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Invalid.class,
            invalid -> assertThat(invalid.keys()).containsExactly(Value.of("y")));
  }
}
