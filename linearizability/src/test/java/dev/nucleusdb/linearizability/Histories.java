package dev.nucleusdb.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Random histories, and what must hold of every verdict.
final class Histories {
  private Histories() {}

  static List<Reductions> allReductions() {
    List<Reductions> all = new ArrayList<>();
    for (int bits = 0; bits < 8; bits++) {
      all.add(new Reductions((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0));
    }
    return all;
  }

  /// A history that looks plausible: each operation acts somewhere inside its interval on one
  /// shared cell, then some results are spoilt.
  static History random(
      SplittableRandom random, int operationCount, int valueCount, int spoiltPercent) {
    Value cell = Value.of(0);
    List<String> sketch = new ArrayList<>();
    for (int number = 0; number < operationCount; number++) {
      int invoke = Math.max(0, 2 * number - random.nextInt(5));
      int end = 2 * number + random.nextInt(5);
      boolean crashed = random.nextInt(100) < 25;
      boolean spoilt = random.nextInt(100) < spoiltPercent;
      String interval =
          crashed ? " [" + invoke + "~" : " [" + invoke + "," + Math.max(invoke, end) + "]";
      String process = String.valueOf((char) ('A' + number)) + ": ";
      int first = random.nextInt(valueCount);
      int second = random.nextInt(valueCount);
      boolean happens = !crashed || random.nextBoolean();
      switch (random.nextInt(4)) {
        case 0 -> {
          sketch.add(process + "write " + first + interval);
          cell = happens ? Value.of(first) : cell;
        }
        case 1 -> {
          boolean swaps = cell.equals(Value.of(first)) != spoilt;
          String answer = crashed ? "" : " > " + swaps;
          sketch.add(process + "cas " + first + " " + second + answer + interval);
          cell = happens && swaps ? Value.of(second) : cell;
        }
        default -> {
          String seen = crashed ? "" : " > " + (spoilt ? Value.of(first) : cell);
          sketch.add(process + "read" + seen + interval);
        }
      }
    }
    return Sketch.of(sketch.toArray(String[]::new));
  }

  /// Checks that a verdict is the expected one and that its proof holds.
  static void requireProved(
      History history, Model<Value> model, Verdict verdict, boolean linearizable) {
    switch (verdict) {
      case Verdict.Valid valid -> {
        assertThat(linearizable).as("%s", history).isTrue();
        assertThat(WitnessVerifier.findFlaw(history, model, valid.witnesses())).isEmpty();
      }
      case Verdict.Invalid invalid -> {
        assertThat(linearizable).as("%s", history).isFalse();
        requireMinimal(model, invalid.counterexample());
      }
      case Verdict.Unknown unknown -> throw new AssertionError(unknown + " for " + history);
    }
  }

  private static void requireMinimal(Model<Value> model, Counterexample counterexample) {
    List<Operation> shown = counterexample.operations();
    assertThat(counterexample.minimal()).isTrue();
    assertThat(shown).contains(counterexample.stuck());
    if (shown.size() <= BruteForce.MAX_OPERATIONS) {
      assertThat(new BruteForce(model, shown, List.of()).findsOrder()).as("%s", shown).isFalse();
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
        assertThat(new BruteForce(model, fewer, optional).findsOrder())
            .as("%s is needed in %s", operation, shown)
            .isTrue();
      }
    }
  }
}
