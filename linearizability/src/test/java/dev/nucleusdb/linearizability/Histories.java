package dev.nucleusdb.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Random histories, and what must hold of every verdict.
final class Histories {
  private static final int CRASHED_PERCENT = 25;
  private static final List<String> FUNCTIONS =
      List.of("get", "get", "get", "put", "append", "delete", "cas");

  private Histories() {}

  static List<SearchOptions> allSearchOptions() {
    List<SearchOptions> all = new ArrayList<>();
    for (int bits = 0; bits < 16; bits++) {
      long deepestFirst = (bits & 8) != 0 ? 0 : 20_000;
      all.add(new SearchOptions((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, deepestFirst));
    }
    return all;
  }

  /// A history of a `cas-register:0` that looks plausible: each operation acts somewhere inside its
  /// interval on one cell, then some results are spoilt.
  static History randomRegister(
      SplittableRandom random, int operationCount, int valueCount, int spoiltPercent) {
    Value cell = Value.of(0);
    List<String> sketch = new ArrayList<>();
    for (int number = 0; number < operationCount; number++) {
      boolean crashed = random.nextInt(100) < CRASHED_PERCENT;
      boolean happens = !crashed || random.nextBoolean();
      boolean spoilt = random.nextInt(100) < spoiltPercent;
      String process = process(number);
      String interval = interval(random, number, crashed);
      int first = random.nextInt(valueCount);
      int second = random.nextInt(valueCount);
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

  /// A history of two keys of a `kv`, made in the same way with all its functions.
  static History randomKeyValue(SplittableRandom random, int operationCount, int spoiltPercent) {
    Map<String, String> cells = new TreeMap<>(Map.of("x", "absent", "y", "absent"));
    List<String> sketch = new ArrayList<>();
    for (int number = 0; number < operationCount; number++) {
      boolean crashed = random.nextInt(100) < CRASHED_PERCENT;
      boolean happens = !crashed || random.nextBoolean();
      boolean spoilt = random.nextInt(100) < spoiltPercent;
      String key = random.nextBoolean() ? "x" : "y";
      String cell = cells.getOrDefault(key, "absent");
      String written = random.nextBoolean() ? "a" : "b";
      String function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
      String answer = "";
      String after = cell;
      switch (function) {
        case "put" -> after = written;
        case "append" -> after = cell.equals("absent") ? written : cell + written;
        case "delete" -> after = "absent";
        case "cas" -> {
          boolean swaps = cell.equals("absent") != spoilt;
          after = swaps ? written : cell;
          answer = " > " + swaps;
        }
        default -> answer = " > " + (spoilt ? written : cell);
      }
      cells.put(key, happens ? after : cell);
      String arguments =
          switch (function) {
            case "put", "append" -> " " + written;
            case "cas" -> " absent " + written;
            default -> "";
          };
      sketch.add(
          process(number)
              + "%s(%s)%s%s".formatted(function, key, arguments, crashed ? "" : answer)
              + interval(random, number, crashed));
    }
    return Sketch.of(sketch.toArray(String[]::new));
  }

  private static String process(int number) {
    return (char) ('A' + number) + ": ";
  }

  private static String interval(SplittableRandom random, int number, boolean crashed) {
    int invoke = Math.max(0, 2 * number - random.nextInt(5));
    int end = Math.max(invoke, 2 * number + random.nextInt(5));
    return " [" + invoke + (crashed ? "~" : "," + end + "]");
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
