package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Histories in the notation of papers, one operation a string: `A: write 1 [0,10]`, `B: read > 0
/// [2,4]`, `A: write 1 [0~` (crashed), `A: write 1 [0,1] F` (failed), `A: put(x) 1 [0,1]` (with a
/// key).
public final class Sketch {
  private static final Pattern OPERATION =
      Pattern.compile(
          "(?<process>[A-Z]): (?<function>[a-z]+)(\\((?<key>\\w+)\\))?(?<arguments>( \\w+)*)"
              + "( > (?<result>\\w+))? \\[(?<invoke>\\d+)(,(?<return>\\d+)\\]|~)(?<failed> F)?");

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
    List<Value> arguments = new ArrayList<>();
    for (String argument : matcher.group("arguments").trim().split(" ", -1)) {
      if (!argument.isEmpty()) {
        arguments.add(value(argument));
      }
    }
    Action action =
        new Action(
            matcher.group("function"),
            matcher.group("key") == null ? Value.UNRECORDED : Value.of(matcher.group("key")),
            arguments,
            matcher.group("result") == null ? Value.UNRECORDED : value(matcher.group("result")));
    boolean crashed = matcher.group("return") == null;
    return new Operation(
        index,
        0,
        matcher.group("process").charAt(0) - 'A',
        action,
        Long.parseLong(matcher.group("invoke")),
        crashed ? Operation.NEVER : Long.parseLong(matcher.group("return")),
        crashed ? Outcome.UNKNOWN : matcher.group("failed") != null ? Outcome.FAILED : Outcome.OK);
  }

  private static Value value(String text) {
    return switch (text) {
      case "true" -> Value.TRUE;
      case "false" -> Value.FALSE;
      case "absent" -> Value.ABSENT;
      case String _ -> text.matches("\\d+") ? Value.of(Long.parseLong(text)) : Value.of(text);
    };
  }
}
