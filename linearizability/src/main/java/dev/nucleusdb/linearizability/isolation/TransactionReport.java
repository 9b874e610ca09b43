package dev.nucleusdb.linearizability.isolation;

import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.transaction.Transaction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A verdict on transactions in words.
public final class TransactionReport {
  private static final int MOST_SHOWN = 16;

  private TransactionReport() {}

  /// The report on a level that was asked for, several lines that each end with a line end.
  public static String text(IsolationVerdict verdict, IsolationLevel asked) {
    StringBuilder text = new StringBuilder();
    switch (verdict.standing(asked)) {
      case Standing.Holds _ -> text.append(holds(verdict, asked));
      case Standing.Violated(Finding finding) -> text.append(violated(verdict, asked, finding));
      case Standing.Unknown(String cause) ->
          text.append("UNKNOWN: whether the history is ")
              .append(asked)
              .append(" was not decided: ")
              .append(cause)
              .append('\n');
    }
    if (verdict.defect().isEmpty()) {
      text.append(strongest(verdict));
    }
    return text.toString();
  }

  private static String holds(IsolationVerdict verdict, IsolationLevel asked) {
    return String.format(
        Locale.ROOT, "VALID: %,d transactions are %s\n", verdict.history().size(), asked);
  }

  private static String violated(IsolationVerdict verdict, IsolationLevel asked, Finding finding) {
    StringBuilder text = new StringBuilder();
    text.append("INVALID: not ")
        .append(asked)
        .append(": ")
        .append(finding.anomaly())
        .append("\n\n");
    List<Integer> shown =
        finding.transactions().subList(0, Math.min(MOST_SHOWN, finding.transactions().size()));
    for (int index : shown) {
      text.append("  ").append(line(verdict.history().transaction(index))).append('\n');
    }
    if (shown.size() < finding.transactions().size()) {
      text.append("  … ").append(finding.transactions().size() - shown.size()).append(" more\n");
    }
    text.append('\n');
    int count = finding.reasons().size();
    for (int place = 0; place < Math.min(MOST_SHOWN, count); place++) {
      text.append("  ");
      if (finding.isCycle()) {
        int to = finding.transactions().get((place + 1) % count);
        text.append(
            String.format(
                Locale.ROOT,
                "T%d -> T%d (%s): ",
                finding.transactions().get(place) + 1,
                to + 1,
                finding.edges().get(place)));
      }
      text.append(finding.reasons().get(place)).append('\n');
    }
    return text.append(also(verdict)).append('\n').toString();
  }

  private static String also(IsolationVerdict verdict) {
    if (verdict.counts().isEmpty()) {
      return "";
    }
    return verdict.counts().entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", ", "\n  Found without any cycle: ", "\n"));
  }

  private static String line(Transaction transaction) {
    String line = transaction.line() > 0 ? " (line " + transaction.line() + ")" : "";
    String outcome =
        switch (transaction.outcome()) {
          case OK -> "";
          case FAILED -> " [aborted]";
          case UNKNOWN -> " [unknown]";
        };
    return transaction.name()
        + line
        + " of process "
        + transaction.session()
        + outcome
        + ": "
        + transaction;
  }

  private static String strongest(IsolationVerdict verdict) {
    List<IsolationLevel> strongest = verdict.strongest();
    List<String> unknown =
        verdict.standings().entrySet().stream()
            .filter(entry -> entry.getValue() instanceof Standing.Unknown)
            .map(Map.Entry::getKey)
            .map(IsolationLevel::toString)
            .toList();
    String text =
        strongest.isEmpty()
            ? "No level holds.\n"
            : "Strongest that holds: "
                + strongest.stream().map(IsolationLevel::toString).collect(Collectors.joining(", "))
                + '\n';
    return unknown.isEmpty() ? text : text + "Not decided: " + String.join(", ", unknown) + '\n';
  }
}
