package dev.nucleusdb.linearizability.report.part;

import dev.nucleusdb.linearizability.Counterexample;
import dev.nucleusdb.linearizability.ObjectVerdict;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.stream.StreamVerdict;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Verdicts and reasons in sentences.
public final class Words {
  private Words() {}

  /// A verdict in one sentence.
  public static String of(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid valid -> {
        int placed = valid.witnesses().stream().mapToInt(witness -> witness.order().size()).sum();
        yield String.format(
            Locale.ROOT,
            "one order explains all %s on %s",
            counted(placed, "operation"),
            counted(valid.objects().size(), "object"));
      }
      case Verdict.Invalid invalid -> {
        int others = invalid.keys().size() - 1;
        String more =
            others == 0 ? "" : String.format(Locale.ROOT, ", nor of %,d other(s)", others);
        yield "no order of operations explains what was seen" + ofObject(invalid.key()) + more;
      }
      case Verdict.Unknown unknown -> of(unknown.first());
    };
  }

  /// What is said of one object, in one sentence.
  public static String of(ObjectVerdict verdict) {
    return switch (verdict) {
      case ObjectVerdict.Explained(Value _, List<Operation> order) ->
          String.format(
              Locale.ROOT, "one order explains all %s", counted(order.size(), "operation"));
      case ObjectVerdict.Contradicted(Value _, Counterexample counterexample) ->
          reason(counterexample);
      case ObjectVerdict.Undecided undecided ->
          String.format(
              Locale.ROOT,
              "%s was reached%s after %,d of %,d returns",
              limit(undecided.cause()),
              ofObject(undecided.key()),
              undecided.passedCount(),
              undecided.returnCount());
    };
  }

  /// What is said of one object of a growing history, in one sentence.
  public static String of(StreamVerdict verdict) {
    return switch (verdict) {
      case StreamVerdict.Violated violated ->
          "no order of operations explains what was seen" + ofObject(violated.key());
      case StreamVerdict.Undecided undecided ->
          String.format(
              Locale.ROOT,
              "%s was reached%s after %,d returns",
              limit(undecided.cause()),
              ofObject(undecided.key()),
              undecided.passedCount());
      case StreamVerdict.Holding holding ->
          counted(holding.passedCount(), "return")
              + (holding.passedCount() == 1 ? " has" : " have")
              + " an order; it was not kept";
    };
  }

  public static String limit(Verdict.Cause cause) {
    return switch (cause) {
      case CONFIGURATIONS -> "the bound on configurations";
      case MEMORY -> "the bound on memory";
      case DEADLINE -> "the deadline";
    };
  }

  public static String ofObject(Value key) {
    return key.equals(Value.UNRECORDED) ? "" : " of key " + Label.of(key);
  }

  /// Why the operations of a counterexample contradict each other, as far as states tell.
  public static String reason(Counterexample counterexample) {
    Operation stuck = counterexample.stuck();
    Value key = stuck.action().key();
    String object = key.equals(Value.UNRECORDED) ? "the object" : Label.of(key);
    List<String> states = counterexample.possibleStates();
    if (states.isEmpty()) {
      return "When " + inWords(stuck) + " returned, nothing that had happened explained it.";
    }
    String listed = states.stream().map(Label::of).collect(Collectors.joining(" or "));
    boolean cut = states.size() == Counterexample.MAX_POSSIBLE_STATES;
    return String.format(
        Locale.ROOT,
        "When %s returned, %s could only be %s.",
        inWords(stuck),
        object,
        cut ? listed + " or the like" : listed);
  }

  public static String inWords(Operation operation) {
    String line = operation.line() > 0 ? " (line " + operation.line() + ")" : "";
    return String.format(
        Locale.ROOT,
        "\"%s\" of process %d%s",
        Label.of(operation.action()),
        operation.process(),
        line);
  }

  /// A number with its noun, in the plural where it needs one.
  public static String counted(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }
}
