package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.VersionedKeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Answers that objects may give, found in the words of their states.
final class Answers {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");
  private static final int NUMBERS = 8;

  private Answers() {}

  /// Whether a kind of answer is one that the function gives.
  static boolean fits(Object state, Action asked, Value answer) {
    boolean nothing = answer.equals(Value.UNRECORDED);
    boolean refusal = answer.equals(Value.FALSE);
    return switch (asked.function()) {
      case "write" -> nothing || refusal;
      case "append", "enqueue", "push" -> nothing;
      case "put", "delete" ->
          state instanceof VersionedKeyValue.Version ? answer instanceof Value.Whole : nothing;
      case "add" -> state instanceof Long ? nothing : answer instanceof Value.Truth;
      case "remove" -> answer instanceof Value.Truth;
      case "release" -> nothing || refusal;
      case "acquire" ->
          refusal || (state instanceof Boolean ? nothing : answer instanceof Value.Whole);
      case "txn" -> answer instanceof Value.Tuple;
      default -> !nothing;
    };
  }

  /// What an object in a state might answer.
  static List<Value> of(Object state, Action asked) {
    List<Value> values = new ArrayList<>();
    Matcher words = WORD.matcher(state.toString());
    while (words.find()) {
      values.add(value(words.group()));
    }
    List<Value> answers = new ArrayList<>(values);
    if (state instanceof Value whole) {
      answers.add(whole);
    }
    for (int number = 0; number < NUMBERS; number++) {
      answers.add(Value.of(number));
      for (Value value : values) {
        answers.add(new Value.Tuple(List.of(value, Value.of(number))));
      }
    }
    answers.addAll(composed(asked, values));
    return answers;
  }

  private static List<Value> composed(Action asked, List<Value> values) {
    List<Value> answers = new ArrayList<>();
    answers.add(new Value.Tuple(List.of()));
    answers.add(new Value.Tuple(values));
    for (int x = 0; x <= NUMBERS; x++) {
      for (int y = 0; y <= NUMBERS; y++) {
        answers.add(pairs(x, y));
      }
      if (asked.function().equals("txn")) {
        answers.add(filled(asked, x));
      }
    }
    return answers;
  }

  private static Value pairs(int x, int y) {
    return new Value.Tuple(
        List.of(
            new Value.Tuple(List.of(Value.of("x"), Value.of(x))),
            new Value.Tuple(List.of(Value.of("y"), Value.of(y)))));
  }

  private static Value filled(Action txn, long number) {
    List<Value> steps = new ArrayList<>();
    for (Value step : txn.arguments()) {
      List<Value> parts = ((Value.Tuple) step).elements();
      boolean read = parts.get(0).equals(Value.of("r"));
      steps.add(
          read ? new Value.Tuple(List.of(parts.get(0), parts.get(1), Value.of(number))) : step);
    }
    return new Value.Tuple(steps);
  }

  /// Answers that are likely to be wrong.
  static List<Value> wrong(SplittableRandom random, Action answered) {
    List<Value> wrong = new ArrayList<>();
    int number = random.nextInt(4);
    switch (answered.result()) {
      case Value.Truth(boolean truth) -> wrong.add(Value.of(!truth));
      case Value.Whole _ -> wrong.add(Value.of(number));
      case Value.Text _ -> wrong.add(Value.of("a"));
      case Value.Tuple(List<Value> elements) -> {
        wrong.add(answered.function().equals("txn") ? filled(answered, number) : pairs(number, 1));
        if (elements.size() == 2) {
          wrong.add(new Value.Tuple(List.of(elements.get(0), Value.of(number))));
        }
        wrong.add(new Value.Tuple(List.of(Value.of("x"))));
      }
      case Value.Nothing nothing -> {
        if (nothing.equals(Value.ABSENT)) {
          wrong.add(Value.of("a"));
          wrong.add(Value.of(number));
          wrong.add(new Value.Tuple(List.of(Value.of("a"), Value.of(number))));
        } else if (answered.function().matches("acquire|release|write|transfer")) {
          wrong.add(Value.FALSE);
        }
      }
    }
    return wrong;
  }

  private static Value value(String word) {
    return word.matches("\\d+") ? Value.of(Long.parseLong(word)) : Value.of(word);
  }
}
