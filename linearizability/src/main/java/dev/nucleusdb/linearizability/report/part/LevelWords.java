package dev.nucleusdb.linearizability.report.part;

import dev.nucleusdb.linearizability.level.Conflict;
import dev.nucleusdb.linearizability.level.Level;
import dev.nucleusdb.linearizability.level.LevelReport;
import dev.nucleusdb.linearizability.level.LevelVerdict;
import dev.nucleusdb.linearizability.level.Measure;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Levels of objects in words.
public final class LevelWords {
  private LevelWords() {}

  /// The strongest levels that hold, or that none does.
  public static String strongest(LevelReport report) {
    List<Level> strongest = report.strongest();
    if (strongest.isEmpty()) {
      boolean open =
          report.levels().values().stream().anyMatch(LevelVerdict.Undecided.class::isInstance);
      return open ? "none that is certain" : "none";
    }
    return strongest.stream().map(Level::word).collect(Collectors.joining(", "));
  }

  /// What is said of a level.
  public static String said(Level level, LevelVerdict verdict) {
    return switch (verdict) {
      case LevelVerdict.Holds(Level shownBy, _) ->
          "holds" + (shownBy == level ? "" : ", as " + shownBy.word() + " does");
      case LevelVerdict.Violated(Level shownBy, _) ->
          "violated" + (shownBy == level ? "" : ", as " + shownBy.word() + " is");
      case LevelVerdict.Undecided(LevelVerdict.Reason reason) -> "unknown: " + reason.words();
    };
  }

  /// What a level asks for.
  public static String asks(Level level) {
    String views = "for each client an order of what it did and of all updates, with ";
    return switch (level) {
      case LINEARIZABLE -> "for each object one order, true to real time";
      case SEQUENTIAL -> "one order of everything, true to each client's order";
      case CAUSAL -> views + "each client's order, and an update before what saw it";
      case PRAM -> views + "each client's order";
      case READ_YOUR_WRITES -> views + "its own updates before what it saw later";
      case MONOTONIC_READS -> views + "what it saw in its order";
      case MONOTONIC_WRITES -> views + "each client's updates in its order";
      case WRITES_FOLLOW_READS -> views + "an update after those that its client had seen before";
    };
  }

  /// Whom a conflict concerns, in a sentence without its end.
  public static String whose(Conflict conflict) {
    return conflict.process().isPresent()
        ? "process " + conflict.process().getAsLong() + " cannot have seen this"
        : "clients cannot have seen this together";
  }

  /// The smallest sets of several guarantees that do not hold together, in words.
  public static List<String> notTogether(LevelReport report) {
    return report.broken().stream()
        .filter(set -> set.size() > 1)
        .map(set -> set.stream().map(Level::word).collect(Collectors.joining(" and ")))
        .toList();
  }

  /// A number that was measured.
  public static String number(Measure measure) {
    return switch (measure) {
      case Measure.Exactly(long value) -> String.format(Locale.ROOT, "%,d", value);
      case Measure.Never _ -> "none";
      case Measure.Undecided(long atLeast, _) -> String.format(Locale.ROOT, "%,d or more", atLeast);
    };
  }
}
