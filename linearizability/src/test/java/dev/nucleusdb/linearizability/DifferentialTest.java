package dev.nucleusdb.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.CasRegister;
import dev.nucleusdb.linearizability.model.Model;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DifferentialTest {
  private static final int HISTORY_COUNT = 6_000;
  private static final int LARGER_HISTORY_COUNT = 300;
  private static final int LARGER_OPERATION_COUNT = 26;
  private final Model<Value> model = new CasRegister(Value.of(0));

  @Test
  void every_choice_of_reductions_agrees_with_brute_force() {
    int illegal = 0;
    for (int seed = 0; seed < HISTORY_COUNT; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      History history = Histories.random(random, 3 + random.nextInt(5), 2 + random.nextInt(3), 20);
      boolean expected = new BruteForce(model, history.operations(), List.of()).findsOrder();
      illegal += expected ? 0 : 1;
      for (Reductions reductions : Histories.allReductions()) {
        Verdict verdict =
            LinearizabilityChecker.check(history, model, Limits.defaults(), reductions);
        Histories.requireProved(history, model, verdict, expected);
      }
    }
    assertThat(illegal).isBetween(HISTORY_COUNT / 5, 4 * HISTORY_COUNT / 5);
  }

  @Test
  void larger_histories_get_one_verdict_from_all_reductions() {
    int illegal = 0;
    for (int seed = 0; seed < LARGER_HISTORY_COUNT; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      History history = Histories.random(random, LARGER_OPERATION_COUNT, 3, 2);
      Verdict reduced = LinearizabilityChecker.check(history, model, Limits.defaults());
      Reductions greedyAlone = new Reductions(true, false, false);
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
