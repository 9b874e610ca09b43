package dev.nucleusdb.linearizability.report.page;

import dev.nucleusdb.linearizability.ObjectVerdict;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.level.Level;
import dev.nucleusdb.linearizability.level.LevelReport;
import dev.nucleusdb.linearizability.level.LevelVerdict;
import dev.nucleusdb.linearizability.level.Measure;
import dev.nucleusdb.linearizability.level.Staleness;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.report.part.LevelWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The levels of a history as one HTML document, or as one SVG document: first the few operations
/// that break the weakest violated level, then the ladder of levels, how far reads are behind, and
/// the whole history in lanes. A list at the side leads to what breaks the other levels, and to the
/// views that prove the strongest that holds.
///
/// ```
///   ✕ Not linearizable; strongest of what holds: causal
///   client 0 ──▌put x 1▐──▌✕ get y → absent▐
///   client 1 ──▌put y 1▐──▌get x → absent▐──
///   ✕ linearizable   ✕ sequential   ✓ causal   …
/// ```
public final class LevelPage {
  /// How many objects are measured on a drawing.
  private static final int MAX_MEASURED = 10;

  private LevelPage() {}

  /// Makes the page of a report.
  ///
  /// @param source what the history is called, as its file
  /// @param history what was judged
  /// @param model by which it was judged
  /// @param report what was said of it
  /// @param asked the level that it was held to
  /// @return the document, to be written as UTF-8
  public static String html(
      String source, History history, Model<?> model, LevelReport report, Level asked) {
    Kinds kinds = new Kinds(history.operations(), model);
    List<LevelStory> reasons = LevelStory.of(history, model, report);
    List<ObjectStory> stories = reasons.stream().map(LevelStory::story).toList();
    String legend = Legend.html(history.operations(), kinds, stories);
    String told =
        PageFrame.stories(reasons.stream().map(reason -> html(reason, kinds)).toList())
            + ladder(report, asked)
            + behind(report.staleness());
    Verdict verdict = report.linearizability();
    Map<String, String> counts =
        VerdictPage.counts(source, model, history.operations(), verdict.objects().size());
    counts.put("strongest", LevelWords.strongest(report));
    return PageFrame.html(
        new PageFrame(
            source,
            mood(report.of(asked)),
            word(report, asked),
            sentence(report),
            counts,
            PageFrame.body(PageData.LEVELS, told, legend),
            legend,
            new PageData(history, kinds, PageData.LEVELS).json(stories),
            VerdictPage.SCRIPTS));
  }

  /// Draws a report: what breaks the weakest violated level, or the first operations.
  ///
  /// @return the document, to be written as UTF-8
  public static String svg(History history, Model<?> model, LevelReport report, Level asked) {
    Kinds kinds = new Kinds(history.operations(), model);
    String title = word(report, asked) + "; " + sentence(report);
    Mood mood = mood(report.of(asked));
    List<LevelStory> stories = LevelStory.of(history, model, report);
    if (stories.isEmpty()) {
      return VerdictDrawing.document(title, mood, "", notes(report), 0, VerdictDrawing.TOP);
    }
    LevelStory first = stories.getFirst();
    List<String> notes = new ArrayList<>();
    notes.add(first.heading() + ". " + first.story().words());
    LongestOrder attempt = first.story().attempt();
    if (attempt != null) {
      VerdictDrawing.order(notes, attempt);
    }
    notes.addAll(notes(report));
    return VerdictDrawing.document(title, mood, first.story(), kinds, notes);
  }

  /// The ladder and the measures, line by line.
  private static List<String> notes(LevelReport report) {
    List<String> notes = new ArrayList<>();
    report
        .levels()
        .forEach((level, verdict) ->
            notes.add(
                String.format(
                    Locale.ROOT,
                    "  %s %-20s %s",
                    mood(verdict).mark(),
                    level.word(),
                    LevelWords.said(level, verdict))));
    LevelWords.notTogether(report).forEach(set -> notes.add("Not together: " + set + "."));
    for (Staleness one : report.staleness().stream().limit(MAX_MEASURED).toList()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Linearizable if reads%s may look back by: time %s, values %s.",
              of(one),
              LevelWords.number(one.time()),
              versions(one)));
    }
    return notes;
  }

  private static Mood mood(LevelVerdict verdict) {
    return switch (verdict) {
      case LevelVerdict.Holds _ -> Mood.VALID;
      case LevelVerdict.Violated _ -> Mood.INVALID;
      case LevelVerdict.Undecided _ -> Mood.UNKNOWN;
    };
  }

  private static String word(LevelReport report, Level asked) {
    return switch (report.of(asked)) {
      case LevelVerdict.Holds _ -> "Holds: " + asked.word();
      case LevelVerdict.Violated _ -> "Not " + asked.word();
      case LevelVerdict.Undecided _ -> "Undecided: " + asked.word();
    };
  }

  private static String sentence(LevelReport report) {
    return "strongest of what holds: " + LevelWords.strongest(report);
  }

  private static String html(LevelStory reason, Kinds kinds) {
    ObjectStory story = reason.story();
    return VerdictPage.heading(reason.heading())
        + switch (story.verdict()) {
          case ObjectVerdict.Contradicted contradicted ->
              VerdictPage.drawn(story, contradicted.counterexample(), kinds);
          case ObjectVerdict.Explained _ -> VerdictPage.paragraph(story.words());
          case ObjectVerdict.Undecided _ ->
              VerdictPage.paragraph(VerdictPage.sentence(story.words()));
        };
  }

  /// All levels, the strongest first.
  private static String ladder(LevelReport report, Level asked) {
    StringBuilder html =
        new StringBuilder("<section>\n<h2>Levels</h2>\n<table class=\"levels\">\n<tr>");
    html.append("<th>level</th><th>verdict</th><th>asks for</th></tr>\n");
    report
        .levels()
        .forEach((level, verdict) -> {
          Mood mood = mood(verdict);
          html.append(
              String.format(
                  Locale.ROOT,
                  "<tr><th scope=\"row\">%s</th><td class=\"%s%s\">%s %s</td><td>%s</td></tr>\n",
                  level.word(),
                  mood.style(),
                  level == asked ? " asked" : "",
                  mood.mark(),
                  Markup.text(LevelWords.said(level, verdict)),
                  LevelWords.asks(level)));
        });
    html.append("</table>\n");
    LevelWords.notTogether(report)
        .forEach(set -> html.append(VerdictPage.paragraph("Not together: " + set + ".")));
    return html.append("</section>\n").toString();
  }

  /// How far the reads of each object are behind.
  private static String behind(List<Staleness> staleness) {
    if (staleness.isEmpty()) {
      return "";
    }
    StringBuilder html =
        new StringBuilder("<section>\n<h2>How far behind</h2>\n<table class=\"levels\">\n<tr>");
    html.append("<th>linearizable if reads</th><th>may look back by this time</th>");
    html.append("<th>may return one of so many latest values</th></tr>\n");
    for (Staleness one : staleness.stream().limit(PageData.MAX_OBJECTS).toList()) {
      html.append("<tr><th scope=\"row\">").append(Markup.text("reads" + of(one)));
      html.append("</th><td>").append(LevelWords.number(one.time()));
      html.append("</td><td>").append(versions(one)).append("</td></tr>\n");
    }
    return html.append("</table>\n</section>\n").toString();
  }

  private static String of(Staleness one) {
    String name = ObjectStory.nameOf(one.key());
    return name.isEmpty() ? "" : " of " + name;
  }

  private static String versions(Staleness one) {
    Optional<Measure> versions = one.versions();
    return versions.map(LevelWords::number).orElse("-");
  }
}
