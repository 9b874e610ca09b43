package dev.nucleusdb.linearizability.report;

import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.level.Conflict;
import dev.nucleusdb.linearizability.level.Level;
import dev.nucleusdb.linearizability.level.LevelReport;
import dev.nucleusdb.linearizability.level.LevelVerdict;
import dev.nucleusdb.linearizability.level.Measure;
import dev.nucleusdb.linearizability.level.Staleness;
import dev.nucleusdb.linearizability.report.part.Label;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A report on levels in words, with a drawing for each level that is violated for a reason of its
/// own.
public final class LevelText {
  private LevelText() {}

  /// The report, several lines that each end with a line end.
  public static String text(LevelReport report) {
    StringBuilder text = new StringBuilder(headline(report)).append("\n\n");
    report
        .levels()
        .forEach((level, verdict) ->
            text.append(
                String.format(Locale.ROOT, "  %-20s %s\n", level.word(), said(level, verdict))));
    text.append(broken(report.broken()));
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

  private static String headline(LevelReport report) {
    List<Level> strongest = report.strongest();
    boolean open =
        report.levels().values().stream().anyMatch(LevelVerdict.Undecided.class::isInstance);
    String words =
        strongest.isEmpty()
            ? open ? "none that is certain" : "none"
            : strongest.stream().map(Level::word).collect(Collectors.joining(", "));
    return "STRONGEST LEVEL: " + words;
  }

  private static String said(Level level, LevelVerdict verdict) {
    return switch (verdict) {
      case LevelVerdict.Holds(Level shownBy, _) ->
          "holds" + (shownBy == level ? "" : ", as " + shownBy.word() + " does");
      case LevelVerdict.Violated(Level shownBy, _) ->
          "violated" + (shownBy == level ? "" : ", as " + shownBy.word() + " is");
      case LevelVerdict.Undecided(LevelVerdict.Reason reason) -> "unknown: " + reason.words();
    };
  }

  private static String broken(List<List<Level>> broken) {
    StringBuilder text = new StringBuilder();
    for (List<Level> set : broken) {
      if (set.size() > 1) {
        text.append("\nNot together: ")
            .append(set.stream().map(Level::word).collect(Collectors.joining(" and ")));
      }
    }
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
              number(one.time()),
              one.versions().map(LevelText::number).orElse("-")));
    }
    return text.toString();
  }

  private static String number(Measure measure) {
    return switch (measure) {
      case Measure.Exactly(long value) -> String.format(Locale.ROOT, "%,d", value);
      case Measure.Never _ -> "none";
      case Measure.Undecided(long atLeast, _) -> String.format(Locale.ROOT, "%,d or more", atLeast);
    };
  }

  private static String drawing(Level level, Conflict conflict) {
    StringBuilder text = new StringBuilder("Not ").append(level.word()).append(": ");
    text.append(
        conflict.process().isPresent()
            ? "process " + conflict.process().getAsLong() + " cannot have seen this\n\n"
            : "clients cannot have seen this together\n\n");
    new LaneDrawing(conflict.operations())
        .lines()
        .forEach(line -> text.append("  ").append(line).append('\n'));
    if (!conflict.minimal()) {
      text.append("A limit stopped the shrinking; fewer operations may contradict each other.\n");
    }
    return text.toString();
  }
}
