package dev.nucleusdb.linearizability.report.page;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.isolation.IsolationVerdict;
import dev.nucleusdb.linearizability.isolation.level.BaseLevel;
import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.report.part.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A verdict on transactions as one HTML document, or as one SVG document: the cycle or the wrong
/// read first, why each edge is one, the standing of all levels, and the whole history behind it in
/// lanes, one for each session.
public final class TransactionPage {
  /// How many transactions and reasons of a finding are shown.
  private static final int MOST_SHOWN = 40;

  private TransactionPage() {}

  /// Makes the page of a verdict.
  ///
  /// @param source what the history is called, as its file
  /// @param verdict what was said of it
  /// @param asked the level that it was held to
  /// @return the document, to be written as UTF-8
  public static String html(String source, IsolationVerdict verdict, IsolationLevel asked) {
    TransactionStory told = TransactionStory.of(verdict, asked);
    Kinds kinds = TransactionStory.kinds(told.history());
    List<ObjectStory> stories = List.of(told.story());
    String legend = Legend.html(told.history().operations(), kinds, stories);
    String story =
        told.finding().map(finding -> contradiction(told, kinds, finding)).orElse("")
            + levels(verdict, asked);
    return PageFrame.html(
        new PageFrame(
            source,
            told.mood(),
            word(verdict.standing(asked), asked),
            sentence(verdict, asked),
            counts(source, verdict, told),
            PageFrame.body(PageData.OBJECTS, PageFrame.stories(List.of(story)), legend),
            legend,
            new PageData(told.history(), kinds, PageData.OBJECTS).json(stories),
            VerdictPage.SCRIPTS));
  }

  /// Draws a verdict: the transactions of the finding, or the first ones.
  ///
  /// @return the document, to be written as UTF-8
  public static String svg(IsolationVerdict verdict, IsolationLevel asked) {
    TransactionStory told = TransactionStory.of(verdict, asked);
    Kinds kinds = TransactionStory.kinds(told.history());
    List<Operation> drawn =
        told.finding().isPresent()
            ? shown(told, told.finding().get())
            : told.history().operations().stream().limit(VerdictDrawing.MAX_OPERATIONS).toList();
    OperationsDrawing drawing = new OperationsDrawing(drawn, told.story().marks(), kinds);
    List<String> notes = new ArrayList<>();
    told.finding().ifPresent(finding -> notes.addAll(reasons(finding)));
    notes.add(strongest(verdict));
    return VerdictDrawing.document(
        word(verdict.standing(asked), asked) + ": " + sentence(verdict, asked),
        told.mood(),
        drawing.body(VerdictDrawing.TOP),
        notes,
        drawing.width(),
        VerdictDrawing.TOP + drawing.height());
  }

  private static String word(Standing standing, IsolationLevel asked) {
    return switch (standing) {
      case Standing.Holds _ -> "Holds: " + asked;
      case Standing.Violated _ -> "Not " + asked;
      case Standing.Unknown _ -> "Undecided: " + asked;
    };
  }

  private static String sentence(IsolationVerdict verdict, IsolationLevel asked) {
    return switch (verdict.standing(asked)) {
      case Standing.Holds _ -> "nothing that was seen contradicts it";
      case Standing.Violated(Finding finding) ->
          finding.anomaly()
              + (finding.isCycle()
                  ? ": each of these transactions has to come before the next one, round and round"
                  : ": what was seen cannot be");
      case Standing.Unknown(String cause) -> cause;
    };
  }

  private static Map<String, String> counts(
      String source, IsolationVerdict verdict, TransactionStory told) {
    Set<Long> sessions = new LinkedHashSet<>();
    told.history().operations().forEach(operation -> sessions.add(operation.process()));
    Map<String, String> counts = new LinkedHashMap<>();
    counts.put("history", source);
    counts.put("transactions", VerdictPage.grouped(verdict.history().size()));
    counts.put("sessions", VerdictPage.grouped(sessions.size()));
    counts.put("keys", VerdictPage.grouped(verdict.history().keyCount()));
    counts.put("strongest", names(verdict.strongest()));
    verdict
        .counts()
        .forEach((anomaly, count) -> counts.put(anomaly.toString(), VerdictPage.grouped(count)));
    return counts;
  }

  private static String names(List<IsolationLevel> levels) {
    return levels.isEmpty()
        ? "none"
        : levels.stream().map(IsolationLevel::toString).collect(Collectors.joining(", "));
  }

  private static String strongest(IsolationVerdict verdict) {
    return "Strongest that holds: " + names(verdict.strongest()) + ".";
  }

  private static List<Operation> shown(TransactionStory told, Finding finding) {
    return finding.transactions().stream()
        .distinct()
        .limit(MOST_SHOWN)
        .map(told.history().operations()::get)
        .toList();
  }

  private static String contradiction(TransactionStory told, Kinds kinds, Finding finding) {
    OperationsDrawing drawing =
        new OperationsDrawing(shown(told, finding), told.story().marks(), kinds);
    StringBuilder html = new StringBuilder("<h2>");
    html.append(finding.isCycle() ? "A cycle: " : "What contradicts itself: ");
    html.append(Markup.text(finding.anomaly().toString()));
    html.append("</h2>\n<div class=\"scroll\" tabindex=\"-1\">\n");
    html.append(
        String.format(
            Locale.ROOT,
            "<svg class=\"drawing\" role=\"group\" aria-label=\"The transactions in lanes\""
                + " width=\"%d\" height=\"%d\" viewBox=\"0 0 %1$d %2$d\">\n%s</svg>\n</div>\n",
            drawing.width(),
            drawing.height(),
            drawing.body(0)));
    if (finding.isCycle()) {
      html.append(ring(told, finding));
    }
    html.append("<ul class=\"reasons\">\n");
    for (String reason : reasons(finding)) {
      html.append("<li>").append(Markup.text(reason)).append("</li>\n");
    }
    return html.append("</ul>\n").toString();
  }

  /// The transactions of a cycle, with the kinds of edges between them.
  private static String ring(TransactionStory told, Finding finding) {
    StringBuilder html = new StringBuilder("<ol class=\"chain\">\n");
    int count = Math.min(MOST_SHOWN, finding.transactions().size());
    for (int place = 0; place < count; place++) {
      int number = finding.transactions().get(place);
      Operation operation = told.history().operations().get(number);
      html.append(
          String.format(
              Locale.ROOT,
              "<li class=\"step\"><button type=\"button\" data-op=\"%d\" title=\"%s\"><b>T%d</b>%s"
                  + "</button></li>\n<li class=\"state\">%s</li>\n",
              operation.index(),
              Markup.text(OperationsDrawing.described(operation)),
              number + 1,
              Markup.text(Label.arrowed(operation.action(), OperationsDrawing.LABEL_LENGTH)),
              Markup.text(finding.edges().get(place).toString())));
    }
    int first = finding.transactions().getFirst();
    String rest =
        count < finding.transactions().size()
            ? (finding.transactions().size() - count) + " more, and back to T" + (first + 1)
            : "back to T" + (first + 1);
    return html.append("<li class=\"step\">").append(rest).append("</li>\n</ol>\n").toString();
  }

  private static List<String> reasons(Finding finding) {
    List<String> reasons = new ArrayList<>();
    int count = finding.reasons().size();
    for (int place = 0; place < Math.min(MOST_SHOWN, count); place++) {
      String edge =
          finding.isCycle()
              ? String.format(
                  Locale.ROOT,
                  "T%d before T%d (%s): ",
                  finding.transactions().get(place) + 1,
                  finding.transactions().get((place + 1) % count) + 1,
                  finding.edges().get(place))
              : "";
      reasons.add(edge + finding.reasons().get(place) + ".");
    }
    return reasons;
  }

  /// All levels: what they ask of data downwards, which order they keep beside to the right.
  private static String levels(IsolationVerdict verdict, IsolationLevel asked) {
    StringBuilder html =
        new StringBuilder("<h2>Levels</h2>\n<table class=\"levels\">\n<tr><th></th>");
    html.append("<th>as such</th><th>with sessions</th><th>in real time</th></tr>\n");
    for (BaseLevel base : BaseLevel.values()) {
      html.append("<tr><th scope=\"row\">")
          .append(Markup.text(IsolationLevel.of(base, OrderKept.NONE).label()))
          .append("</th>");
      for (OrderKept order : OrderKept.values()) {
        IsolationLevel level = IsolationLevel.of(base, order);
        html.append(cell(verdict.standing(level), level.equals(asked)));
      }
      html.append("</tr>\n");
    }
    return html.append("</table>\n").toString();
  }

  private static String cell(Standing standing, boolean asked) {
    String mark = asked ? " asked" : "";
    return switch (standing) {
      case Standing.Holds _ -> "<td class=\"good" + mark + "\">✓ holds</td>";
      case Standing.Violated(Finding finding) ->
          "<td class=\"bad" + mark + "\">✕ " + Markup.text(finding.anomaly().toString()) + "</td>";
      case Standing.Unknown _ -> "<td class=\"open" + mark + "\">? not decided</td>";
    };
  }
}
