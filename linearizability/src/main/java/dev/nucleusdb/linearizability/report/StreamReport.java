package dev.nucleusdb.linearizability.report;

import dev.nucleusdb.linearizability.Counterexample;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.report.part.Label;
import dev.nucleusdb.linearizability.report.part.Words;
import dev.nucleusdb.linearizability.stream.StreamVerdict;
import java.util.List;
import java.util.Locale;

/// The verdicts of a growing history in words, with a drawing of the first violation.
public final class StreamReport {
  private StreamReport() {}

  /// The report, several lines that each end with a line end.
  public static String text(List<StreamVerdict> verdicts) {
    for (StreamVerdict verdict : verdicts) {
      if (verdict instanceof StreamVerdict.Violated violated) {
        return violated(violated);
      }
    }
    for (StreamVerdict verdict : verdicts) {
      if (verdict instanceof StreamVerdict.Undecided undecided) {
        return "UNKNOWN: " + Words.of(undecided) + "\n";
      }
    }
    long passed = verdicts.stream().mapToLong(StreamVerdict::passedCount).sum();
    return String.format(
        Locale.ROOT,
        "VALID: all %,d returns on %,d object(s) have an order; it was not kept\n",
        passed,
        verdicts.size());
  }

  private static String violated(StreamVerdict.Violated violated) {
    Counterexample counterexample = violated.counterexample();
    Value key = violated.key();
    String object = key.equals(Value.UNRECORDED) ? "the object" : "key " + Label.of(key);
    StringBuilder text =
        new StringBuilder("INVALID: no order of operations explains what was seen");
    text.append(Words.ofObject(key)).append("\n\n");
    new LaneDrawing(counterexample.operations())
        .lines()
        .forEach(line -> text.append("  ").append(line).append('\n'));
    return text.append('\n')
        .append(Words.reason(counterexample))
        .append('\n')
        .append(
            String.format(
                Locale.ROOT,
                "Before these operations, %s was certainly %s; %,d earlier returns are settled or"
                    + " explained.\n",
                object,
                Label.of(String.valueOf(violated.model().initial())),
                violated.passedCount()))
        .toString();
  }
}
