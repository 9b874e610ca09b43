package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Histories in the notation of papers, one operation a string: `A: write 1 [0,10]`, `B: read > 0
/// [2,4]`, `A: write 1 [0~` (crashed), `A: write 1 [0,1] F` (failed), `A: put(x) 1 [0,1]` (with a
/// key), `B: read > ((x 1) (y 2)) [0,1]` (lists). Times may have one digit after the point, and are
/// told in tenths.
public final class Sketch {
  /// How many parts a unit of time has.
  public static final int UNIT = 10;

  private static final Pattern OPERATION =
      Pattern.compile(
          "(?<process>[A-Z]): (?<function>[a-z-]+)(\\((?<key>\\w+)\\))?(?<arguments>( [\\w()]+)*)"
              + "( > (?<result>[\\w() ]+))? \\[(?<invoke>[\\d.]+)(,(?<return>[\\d.]+)\\]|~)(?<failed> F)?");
  private static final Pattern TOKEN = Pattern.compile("[()]|\\w+");

  private Sketch() {}

  public static History of(String... operations) {
    List<Operation> parsed = new ArrayList<>();
    for (String operation : operations) {
      parsed.add(parse(parsed.size(), operation));
    }
    parsed.sort(Comparator.comparingLong(Operation::invokeTime));
    return new History(parsed);
  }

  private static Operation parse(int index, String text) {
    Matcher matcher = OPERATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    String result = matcher.group("result");
    Action action =
        new Action(
            matcher.group("function"),
            matcher.group("key") == null ? Value.UNRECORDED : Value.of(matcher.group("key")),
            values(matcher.group("arguments")),
            result == null ? Value.UNRECORDED : values(result).getFirst());
    boolean crashed = matcher.group("return") == null;
    return new Operation(
        index,
        0,
        matcher.group("process").charAt(0) - 'A',
        action,
        time(matcher.group("invoke")),
        crashed ? Operation.NEVER : time(matcher.group("return")),
        crashed ? Outcome.UNKNOWN : matcher.group("failed") != null ? Outcome.FAILED : Outcome.OK);
  }

  private static long time(String text) {
    return new BigDecimal(text).multiply(BigDecimal.valueOf(UNIT)).longValueExact();
  }

  private static List<Value> values(String text) {
    List<List<Value>> open = new ArrayList<>();
    open.add(new ArrayList<>());
    Matcher tokens = TOKEN.matcher(text);
    while (tokens.find()) {
      switch (tokens.group()) {
        case "(" -> open.add(new ArrayList<>());
        case ")" -> {
          List<Value> closed = open.removeLast();
          open.getLast().add(new Value.Tuple(closed));
        }
        case String word -> open.getLast().add(value(word));
      }
    }
    return open.getFirst();
  }

  private static Value value(String text) {
    return switch (text) {
      case "true" -> Value.TRUE;
      case "false" -> Value.FALSE;
      case "absent" -> Value.ABSENT;
      case "unseen" -> Value.UNRECORDED;
      case String _ -> text.matches("\\d+") ? Value.of(Long.parseLong(text)) : Value.of(text);
    };
  }
}
