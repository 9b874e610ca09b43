package dev.nucleusdb.cli.check;

import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.Json;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.level.Level;
import dev.nucleusdb.linearizability.level.LevelReport;
import dev.nucleusdb.linearizability.level.LevelVerdict;
import dev.nucleusdb.linearizability.level.Measure;
import dev.nucleusdb.linearizability.level.Staleness;
import dev.nucleusdb.linearizability.report.LevelText;
import java.util.List;
import java.util.stream.Collectors;

/// `nucleus check --levels`: says which levels of objects a history is at.
///
/// ```
///   LevelReport ─► text, one line of JSON
///               └► exit code: that of the level required
/// ```
///
/// @param report what was found
/// @param required the level that the history is held to
record ObjectLevels(LevelReport report, Level required) {
  String text() {
    return LevelText.text(report);
  }

  int exitCode() {
    return switch (report.of(required)) {
      case LevelVerdict.Holds _ -> ExitCode.OK;
      case LevelVerdict.Violated _ -> ExitCode.VIOLATION;
      case LevelVerdict.Undecided _ -> ExitCode.UNDECIDED;
    };
  }

  /// One line of JSON.
  String line(String file, String model) {
    String levels =
        report.levels().entrySet().stream()
            .map(entry -> Json.quoted(entry.getKey().word()) + ":" + said(entry.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
    return "{\"file\":%s,\"model\":%s,\"required\":%s,\"strongest\":%s,\"levels\":%s,\"broken\":%s,\"staleness\":%s}"
        .formatted(
            Json.quoted(file),
            Json.quoted(model),
            Json.quoted(required.word()),
            words(report.strongest()),
            levels,
            report.broken().stream()
                .map(ObjectLevels::words)
                .collect(Collectors.joining(",", "[", "]")),
            report.staleness().stream()
                .map(ObjectLevels::behind)
                .collect(Collectors.joining(",", "[", "]")));
  }

  private static String words(List<Level> levels) {
    return levels.stream()
        .map(level -> Json.quoted(level.word()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String said(LevelVerdict verdict) {
    return Json.quoted(
        switch (verdict) {
          case LevelVerdict.Holds _ -> "holds";
          case LevelVerdict.Violated _ -> "violated";
          case LevelVerdict.Undecided _ -> "unknown";
        });
  }

  /// A measure that does not exist is null, and one that is not decided says how much it is at
  /// least.
  private static String behind(Staleness staleness) {
    String key =
        staleness.key().equals(Value.UNRECORDED) ? "null" : Json.quoted(staleness.key().toString());
    return "{\"key\":%s,\"time\":%s,\"versions\":%s}"
        .formatted(
            key,
            number(staleness.time()),
            staleness.versions().map(ObjectLevels::number).orElse("null"));
  }

  private static String number(Measure measure) {
    return switch (measure) {
      case Measure.Exactly(long value) -> Long.toString(value);
      case Measure.Never _ -> "null";
      case Measure.Undecided(long atLeast, _) -> "{\"atLeast\":" + atLeast + "}";
    };
  }
}
