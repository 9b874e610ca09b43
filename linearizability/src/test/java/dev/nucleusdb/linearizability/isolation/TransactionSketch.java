package dev.nucleusdb.linearizability.isolation;

import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.isolation.transaction.DataModel;
import dev.nucleusdb.linearizability.isolation.transaction.StepKind;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistoryBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Histories of transactions in a short notation, one text for each transaction.
///
/// ```
///   A: ax1 rx12 ry F [0,1] {3,4}
///   |  |   |    |  |  |     start and commit timestamps
///   |  |   |    |  |  interval; without one all are concurrent
///   |  |   |    |  F aborted, ~ unknown
///   |  |   |    a read of y that saw nothing
///   |  |   a read of x that saw the list 1 2; of registers, the value 12
///   |  appends 1 to x; w writes; p sees an item of a predicate
///   session
/// ```
public final class TransactionSketch {
  private static final Pattern LINE =
      Pattern.compile(
          "(\\w): ([^\\[{F~]*)([F~]?) ?(?:\\[(\\d+),(\\d+)\\])? ?(?:\\{(\\d+),(\\d+)\\})?");
  private static final Pattern STEPS = Pattern.compile(" +");
  private static final long END = 1_000;

  private TransactionSketch() {}

  public static TransactionHistory of(DataModel model, List<String> lines) {
    TransactionHistoryBuilder builder = TransactionHistory.builder();
    for (String line : lines) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(line);
      }
      Outcome outcome =
          switch (matcher.group(3)) {
            case "F" -> Outcome.FAILED;
            case "~" -> Outcome.UNKNOWN;
            default -> Outcome.OK;
          };
      STEPS
          .splitAsStream(matcher.group(2).strip())
          .forEach(step -> step(builder, model, step, outcome));
      builder.end(
          matcher.group(1).charAt(0),
          outcome,
          number(matcher.group(4), 0),
          number(matcher.group(5), END),
          0,
          number(matcher.group(6), TransactionHistory.UNRECORDED),
          number(matcher.group(7), TransactionHistory.UNRECORDED));
    }
    return builder.build();
  }

  private static long number(String text, long otherwise) {
    return text == null ? otherwise : Long.parseLong(text);
  }

  private static void step(
      TransactionHistoryBuilder builder, DataModel model, String step, Outcome outcome) {
    Value key = Value.of(step.substring(1, 2));
    String rest = step.substring(2);
    char function = step.charAt(0);
    switch (function) {
      case 'a' -> builder.append(key, Value.of(Long.parseLong(rest)));
      case 'w' -> builder.write(key, Value.of(Long.parseLong(rest)));
      case 'r', 'p' -> {
        if (outcome != Outcome.OK) {
          builder.readUnknown(model == DataModel.LISTS ? StepKind.READ_LIST : StepKind.READ, key);
        } else if (model == DataModel.LISTS) {
          List<Value> seen = new ArrayList<>();
          rest.chars().forEach(digit -> seen.add(Value.of(digit - '0')));
          builder.readList(key, seen, function == 'p');
        } else {
          builder.read(key, rest.isEmpty() ? Value.ABSENT : Value.of(Long.parseLong(rest)));
        }
      }
      default -> throw new IllegalArgumentException(step);
    }
  }
}
