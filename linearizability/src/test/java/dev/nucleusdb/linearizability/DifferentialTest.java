package dev.nucleusdb.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.CasRegister;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.search.SearchOptions;
import dev.nucleusdb.linearizability.special.SpecialCase;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every way to a verdict against the definition, on random histories. `-Djudges.histories=N` sets
/// how many there are of each workload, `-Djudges.seed=S` where they begin.
final class DifferentialTest {
  private static final int HISTORY_COUNT = Integer.getInteger("judges.histories", 150);
  private static final int FIRST_SEED = Integer.getInteger("judges.seed", 0);
  private static final int LARGER_HISTORY_COUNT = 300;
  private static final int LARGER_OPERATION_COUNT = 26;
  private final Model<Value> model = new CasRegister(Value.of(0));

  static List<Workload<?>> workloads() {
    return Workload.all();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void every_way_to_a_verdict_agrees_with_brute_force(Workload<?> workload) {
    requireAgreement(workload);
  }

  private static <S> void requireAgreement(Workload<S> workload) {
    int illegal = 0;
    for (int seed = FIRST_SEED; seed < FIRST_SEED + HISTORY_COUNT; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      History history =
          Histories.random(workload, random, 3 + random.nextInt(5), 5 + random.nextInt(30));
      boolean expected = BruteForce.isLinearizable(workload.model(), history);
      illegal += expected ? 0 : 1;
      for (SearchOptions options : Histories.allSearchOptions()) {
        Verdict verdict =
            LinearizabilityChecker.check(history, workload.model(), Limits.defaults(), options);
        Histories.requireProved(history, workload.model(), verdict, expected);
      }
    }
    assertThat(illegal).isBetween(HISTORY_COUNT / 20, 19 * HISTORY_COUNT / 20);
  }

  static List<Workload<?>> workloadsWithSpecialCase() {
    return Workload.all().stream()
        .filter(workload -> SpecialCase.of(workload.model()).isPresent())
        .filter(workload -> workload.asks().stream().noneMatch(ask -> ask.contains("append")))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("workloadsWithSpecialCase")
  void special_cases_agree_with_the_search_on_larger_histories(Workload<?> workload) {
    requireSpecialAgreement(workload);
  }

  private static <S> void requireSpecialAgreement(Workload<S> workload) {
    SearchOptions special = new SearchOptions(true, true, true, 2_000, 0);
    SearchOptions search = new SearchOptions(true, true, true, 2_000, Integer.MAX_VALUE);
    Limits limits = Limits.configurations(50_000);
    for (int seed = FIRST_SEED; seed < FIRST_SEED + HISTORY_COUNT / 2; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int spoilt = random.nextInt(3) == 0 ? 0 : random.nextInt(6);
      History history =
          Histories.random(workload, random, 20 + random.nextInt(60), spoilt, random.nextInt(20));
      Verdict found = LinearizabilityChecker.check(history, workload.model(), limits, special);
      Verdict expected = LinearizabilityChecker.check(history, workload.model(), limits, search);
      if (!(expected instanceof Verdict.Unknown)) {
        assertThat(found.getClass()).as("seed %d", seed).isEqualTo(expected.getClass());
      }
      if (found instanceof Verdict.Valid) {
        Histories.requireProved(history, workload.model(), found, true);
      }
    }
  }

  @Test
  void larger_histories_get_one_verdict_from_all_search_options() {
    Workload<?> workload = Workload.all().get(2);
    int illegal = 0;
    for (int seed = 0; seed < LARGER_HISTORY_COUNT; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      History history = Histories.random(workload, random, LARGER_OPERATION_COUNT, 2);
      Verdict reduced = LinearizabilityChecker.check(history, model, Limits.defaults());
      SearchOptions greedyAlone = new SearchOptions(true, false, false, 1_000, Integer.MAX_VALUE);
      Limits noShrinking = Limits.configurations(200_000).withoutShrinking();
      Verdict plain = LinearizabilityChecker.check(history, model, noShrinking, greedyAlone);
      if (!(plain instanceof Verdict.Unknown)) {
        assertThat(reduced.getClass()).as("seed %d", seed).isEqualTo(plain.getClass());
      }
      Verdict again = LinearizabilityChecker.check(history, model, Limits.defaults());
      assertThat(again).isEqualTo(reduced);
      illegal += reduced instanceof Verdict.Invalid ? 1 : 0;
    }
    assertThat(illegal).isBetween(LARGER_HISTORY_COUNT / 10, 9 * LARGER_HISTORY_COUNT / 10);
  }
}
