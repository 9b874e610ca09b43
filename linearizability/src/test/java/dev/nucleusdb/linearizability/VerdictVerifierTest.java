package dev.nucleusdb.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.ContradictionVerifier.Result;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.CasRegister;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class VerdictVerifierTest {
  private static final CasRegister MODEL = new CasRegister(Value.of(0));
  private static final History STALE =
      Sketch.of("A: write 1 [0,1]", "B: read > 0 [2,3]", "C: write 0 [0,9]");

  private static Result verify(History history, int... places) {
    List<Operation> shown = new ArrayList<>();
    List<Operation> omitted = new ArrayList<>(history.operations());
    for (int place : places) {
      shown.add(history.operations().get(place));
    }
    omitted.removeAll(shown);
    return ContradictionVerifier.verify(
        MODEL,
        history.operations(),
        new Counterexample(shown, List.of(), omitted, shown.getLast(), List.of(), true));
  }

  @Test
  void what_is_left_out_may_have_happened() {
    History history = Sketch.of("A: write 1 [0,1]", "B: read > 0 [2,3]");
    assertThat(verify(history, 0, 1)).isEqualTo(Result.CONFIRMED);
    assertThat(verify(STALE, 0, 2)).isEqualTo(Result.REFUTED);
  }

  @Test
  void what_is_left_out_has_its_own_interval() {
    History early = Sketch.of("C: write 0 [0,1]", "A: write 1 [2,3]", "B: read > 0 [4,5]");
    assertThat(verify(early, 1, 2)).isEqualTo(Result.CONFIRMED);
    History late = Sketch.of("A: write 1 [0,1]", "B: read > 0 [2,3]", "C: write 0 [4,5]");
    assertThat(verify(late, 0, 1)).isEqualTo(Result.CONFIRMED);
  }

  @Test
  void operations_must_be_of_the_history() {
    History other = Sketch.of("A: write 1 [0,1]", "B: read > 0 [2,4]");
    Counterexample foreign =
        new Counterexample(
            other.operations(),
            List.of(),
            List.of(),
            other.operations().getLast(),
            List.of(),
            true);
    assertThat(ContradictionVerifier.verify(MODEL, STALE.operations(), foreign))
        .isEqualTo(Result.REFUTED);
  }

  @Test
  void what_is_too_large_is_not_confirmed() {
    History large = Histories.random(Workload.all().getFirst(), new SplittableRandom(1), 70, 0);
    assertThat(ContradictionVerifier.verify(MODEL, large.operations(), List.of()))
        .isEqualTo(Result.TOO_LARGE);
    Operation alone = Sketch.of("B: read > 7 [0,1]").operations().getFirst();
    Counterexample one =
        new Counterexample(List.of(alone), List.of(), large.operations(), alone, List.of(), true);
    assertThat(ContradictionVerifier.verify(MODEL, List.of(alone), one))
        .isEqualTo(Result.CONFIRMED_ALONE);
  }

  static List<Workload<?>> workloads() {
    return Workload.all();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void agrees_with_brute_force(Workload<?> workload) {
    requireAgreement(workload);
  }

  private static <S> void requireAgreement(Workload<S> workload) {
    for (int seed = 0; seed < 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Operation> all = Histories.random(workload, random, 6, 30, 20).operations();
      List<Operation> required = all.subList(0, 4);
      List<Operation> optional = all.subList(4, 6);
      boolean hasOrder = new BruteForce<>(workload.model(), required, optional).findsOrder();
      assertThat(ContradictionVerifier.verify(workload.model(), required, optional))
          .as("%s", all)
          .isEqualTo(hasOrder ? Result.REFUTED : Result.CONFIRMED);
    }
  }
}
