package dev.nucleusdb.linearizability.report;

import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.level.Conflict;
import dev.nucleusdb.linearizability.level.Level;
import dev.nucleusdb.linearizability.level.LevelReport;
import dev.nucleusdb.linearizability.level.LevelVerdict;
import dev.nucleusdb.linearizability.level.Staleness;
import dev.nucleusdb.linearizability.report.part.Label;
import dev.nucleusdb.linearizability.report.part.LevelWords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A report on levels in words, with a drawing for each level that is violated for a reason of its
/// own.
public final class LevelText {
  private LevelText() {}

  /// The report, several lines that each end with a line end.
  public static String text(LevelReport report) {
    StringBuilder text =
        new StringBuilder("STRONGEST LEVEL: ").append(LevelWords.strongest(report)).append("\n\n");
    report
        .levels()
        .forEach((level, verdict) ->
            text.append(
                String.format(
                    Locale.ROOT, "  %-20s %s\n", level.word(), LevelWords.said(level, verdict))));
    text.append(broken(report));
    text.append(behind(report.staleness()));
    if (report.linearizability() instanceof Verdict.Invalid invalid) {
      text.append('\n').append(VerdictReport.text(invalid));
    }
    Map<Conflict, Level> drawn = new LinkedHashMap<>();
    for (LevelVerdict verdict : report.levels().values()) {
      if (verdict instanceof LevelVerdict.Violated(Level shownBy, Conflict conflict)
          && shownBy != Level.LINEARIZABLE) {
        drawn.putIfAbsent(conflict, shownBy);
      }
    }
    drawn.forEach((conflict, level) -> text.append('\n').append(drawing(level, conflict)));
    return text.toString();
  }

  private static String broken(LevelReport report) {
    StringBuilder text = new StringBuilder();
    LevelWords.notTogether(report).forEach(set -> text.append("\nNot together: ").append(set));
    return text.isEmpty() ? "" : text.append('\n').toString();
  }

  private static String behind(List<Staleness> staleness) {
    if (staleness.isEmpty()) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(
            "\nLinearizable if reads may look back by this time, or so many values:\n\n");
    text.append(String.format(Locale.ROOT, "  %-20s %12s %12s\n", "object", "time", "values"));
    for (Staleness one : staleness) {
      boolean only = one.key().equals(Value.UNRECORDED);
      text.append(
          String.format(
              Locale.ROOT,
              "  %-20s %12s %12s\n",
              only ? "the object" : Label.of(one.key()),
              LevelWords.number(one.time()),
              one.versions().map(LevelWords::number).orElse("-")));
    }
    return text.toString();
  }

  private static String drawing(Level level, Conflict conflict) {
    StringBuilder text = new StringBuilder("Not ").append(level.word()).append(": ");
    text.append(LevelWords.whose(conflict)).append("\n\n");
    new LaneDrawing(conflict.operations())
        .lines()
        .forEach(line -> text.append("  ").append(line).append('\n'));
    if (!conflict.minimal()) {
      text.append("A limit stopped the shrinking; fewer operations may contradict each other.\n");
    }
    return text.toString();
  }
}
