package dev.nucleusdb.linearizability.report;

import dev.nucleusdb.linearizability.Counterexample;
import dev.nucleusdb.linearizability.ObjectVerdict;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.report.part.Label;
import dev.nucleusdb.linearizability.report.part.Words;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A verdict in words, with a drawing if it is a violation.
public final class VerdictReport {
  private VerdictReport() {}

  /// The report, several lines that each end with a line end.
  public static String text(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid valid -> valid(valid);
      case Verdict.Invalid invalid -> invalid(invalid);
      case Verdict.Unknown unknown -> unknown(unknown);
    };
  }

  private static String valid(Verdict.Valid valid) {
    int placed = valid.witnesses().stream().mapToInt(witness -> witness.order().size()).sum();
    return String.format(
        Locale.ROOT,
        "VALID: one order explains all %,d operations on %,d object(s), after %,d configurations\n",
        placed,
        valid.objects().size(),
        valid.configurations());
  }

  private static String invalid(Verdict.Invalid invalid) {
    Counterexample counterexample = invalid.counterexample();
    StringBuilder text =
        new StringBuilder("INVALID: no order of operations explains what was seen");
    text.append(Words.ofObject(invalid.key())).append("\n\n");
    new LaneDrawing(counterexample.operations())
        .lines()
        .forEach(line -> text.append("  ").append(line).append('\n'));
    text.append('\n').append(Words.reason(counterexample)).append('\n');
    if (!counterexample.omitted().isEmpty()) {
      text.append(
          String.format(
              Locale.ROOT,
              "Left out: %,d operation(s). Whether or not each of them happened, this stands.\n",
              counterexample.omitted().size()));
    }
    if (!counterexample.minimal()) {
      text.append("A limit stopped the shrinking; fewer operations may contradict each other.\n");
    }
    if (invalid.keys().size() > 1) {
      List<Value> others = invalid.keys().subList(1, invalid.keys().size());
      text.append("Also not linearizable: ").append(joined(others)).append('\n');
    }
    return text.toString();
  }

  private static String unknown(Verdict.Unknown unknown) {
    ObjectVerdict.Undecided first = unknown.first();
    StringBuilder text =
        new StringBuilder("UNKNOWN: " + Words.limit(first.cause()) + " was reached");
    text.append(Words.ofObject(first.key()));
    text.append(
        String.format(
            Locale.ROOT,
            " after %,d of %,d returns (%,d of %,d objects decided, %,d configurations)\n",
            first.passedCount(),
            first.returnCount(),
            unknown.decidedCount(),
            unknown.objects().size(),
            unknown.configurations()));
    Operation deepest = first.deepest();
    if (deepest != null) {
      text.append("No order had yet explained ").append(Words.inWords(deepest)).append('\n');
    }
    return text.toString();
  }

  private static String joined(List<Value> values) {
    return values.stream().map(value -> "key " + Label.of(value)).collect(Collectors.joining(", "));
  }
}
