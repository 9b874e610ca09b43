package dev.nucleusdb.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.search.SearchOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/// Random histories, and what must hold of every verdict.
final class Histories {
  private static final int CRASHED_PERCENT = 25;

  private Histories() {}

  static List<SearchOptions> allSearchOptions() {
    List<SearchOptions> all = new ArrayList<>();
    for (int bits = 0; bits < 16; bits++) {
      long deepestFirst = (bits & 8) != 0 ? 0 : 3;
      all.add(
          new SearchOptions(
              (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, deepestFirst, Integer.MAX_VALUE));
    }
    all.add(SearchOptions.DEFAULT);
    all.add(new SearchOptions(true, true, true, 2_000, 0));
    return all;
  }

  /// A history that looks plausible: each operation acts somewhere inside its interval, in the
  /// order in which they are made, then some results are spoilt.
  static History random(
      Workload<?> workload, SplittableRandom random, int operationCount, int spoiltPercent) {
    return random(workload, random, operationCount, spoiltPercent, CRASHED_PERCENT);
  }

  static <S> History random(
      Workload<S> workload,
      SplittableRandom random,
      int operationCount,
      int spoiltPercent,
      int crashedPercent) {
    Map<Value, S> states = new LinkedHashMap<>();
    List<Operation> operations = new ArrayList<>();
    for (int number = 0; number < operationCount; number++) {
      boolean crashed = random.nextInt(100) < crashedPercent;
      Value key = workload.key(random);
      S state = states.getOrDefault(key, workload.model().initial());
      Action asked = workload.ask(random, key, number);
      Action answered = workload.answer(state, asked);
      if (!crashed || random.nextBoolean()) {
        states.put(key, Objects.requireNonNull(workload.model().step(state, answered)));
      }
      boolean spoilt = random.nextInt(100) < spoiltPercent;
      Action seen = crashed ? asked : spoilt ? workload.spoil(random, answered) : answered;
      long invoke = Math.max(0, 2 * number - random.nextInt(5));
      long end = Math.max(invoke, 2 * number + random.nextInt(5));
      operations.add(
          new Operation(
              number,
              0,
              number,
              seen,
              invoke,
              crashed ? Operation.NEVER : end,
              crashed ? Outcome.UNKNOWN : Outcome.OK));
    }
    operations.sort(Comparator.comparingLong(Operation::invokeTime));
    return new History(operations);
  }

  /// Checks that a verdict is the expected one and that its proof holds.
  static <S> void requireProved(
      History history, Model<S> model, Verdict verdict, boolean linearizable) {
    VerdictVerifier.Report proof = VerdictVerifier.verify(history, model, verdict);
    assertThat(proof.flaw()).isEmpty();
    assertThat(proof.whole() || history.operations().size() > BruteForce.MAX_OPERATIONS).isTrue();
    switch (verdict) {
      case Verdict.Valid valid -> {
        assertThat(linearizable).as("%s", history).isTrue();
        assertThat(WitnessVerifier.findFlaw(history, model, valid.witnesses())).isEmpty();
      }
      case Verdict.Invalid invalid -> {
        assertThat(linearizable).as("%s", history).isFalse();
        invalid.counterexamples().forEach(found -> requireMinimal(model, found));
      }
      case Verdict.Unknown unknown -> throw new AssertionError(unknown + " for " + history);
    }
  }

  static <S> void requireMinimal(Model<S> model, Counterexample counterexample) {
    List<Operation> shown = counterexample.operations();
    assertThat(counterexample.minimal()).isTrue();
    assertThat(shown).contains(counterexample.stuck());
    if (shown.size() <= BruteForce.MAX_OPERATIONS) {
      assertThat(new BruteForce<>(model, shown, List.of()).findsOrder()).as("%s", shown).isFalse();
    }
    if (shown.size() + counterexample.omitted().size() > BruteForce.MAX_OPERATIONS) {
      return;
    }
    for (Operation operation : shown) {
      if (!counterexample.context().contains(operation)) {
        List<Operation> fewer = new ArrayList<>(shown);
        List<Operation> optional = new ArrayList<>(counterexample.omitted());
        fewer.removeAll(counterexample.context());
        fewer.remove(operation);
        optional.addAll(counterexample.context());
        optional.add(operation);
        assertThat(new BruteForce<>(model, fewer, optional).findsOrder())
            .as("%s is needed in %s", operation, shown)
            .isTrue();
      }
    }
  }
}
