package dev.nucleusdb.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.CasRegister;
import dev.nucleusdb.linearizability.model.KeyValue;
import dev.nucleusdb.linearizability.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class DifferentialTest {
  private static final int HISTORY_COUNT = 4_000;
  private static final int LARGER_HISTORY_COUNT = 300;
  private static final int LARGER_OPERATION_COUNT = 26;
  private final Model<Value> model = new CasRegister(Value.of(0));

  @Test
  void every_choice_of_search_options_agrees_with_brute_force_on_registers() {
    requireAgreement(
        model,
        random ->
            Histories.randomRegister(random, 3 + random.nextInt(5), 2 + random.nextInt(3), 20));
  }

  @Test
  void every_choice_of_search_options_agrees_with_brute_force_on_keys() {
    requireAgreement(
        new KeyValue(Value.ABSENT),
        random -> Histories.randomKeyValue(random, 4 + random.nextInt(6), 15));
  }

  private static void requireAgreement(
      Model<Value> model, Function<SplittableRandom, History> generator) {
    int illegal = 0;
    for (int seed = 0; seed < HISTORY_COUNT; seed++) {
      History history = generator.apply(new SplittableRandom(seed));
      boolean expected = isLinearizable(model, history);
      illegal += expected ? 0 : 1;
      for (SearchOptions options : Histories.allSearchOptions()) {
        Verdict verdict = LinearizabilityChecker.check(history, model, Limits.defaults(), options);
        Histories.requireProved(history, model, verdict, expected);
      }
    }
    assertThat(illegal).isBetween(HISTORY_COUNT / 5, 4 * HISTORY_COUNT / 5);
  }

  private static boolean isLinearizable(Model<Value> model, History history) {
    Map<Value, List<Operation>> objects = new LinkedHashMap<>();
    for (Operation operation : history.operations()) {
      objects
          .computeIfAbsent(model.partition(operation.action()), _ -> new ArrayList<>())
          .add(operation);
    }
    return objects.values().stream()
        .allMatch(operations -> new BruteForce(model, operations, List.of()).findsOrder());
  }

  @Test
  void larger_histories_get_one_verdict_from_all_search_options() {
    int illegal = 0;
    for (int seed = 0; seed < LARGER_HISTORY_COUNT; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      History history = Histories.randomRegister(random, LARGER_OPERATION_COUNT, 3, 2);
      Verdict reduced = LinearizabilityChecker.check(history, model, Limits.defaults());
      SearchOptions greedyAlone = new SearchOptions(true, false, false, 1_000);
      Limits noShrinking = new Limits(200_000, 0, 0, () -> 0, 1);
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
