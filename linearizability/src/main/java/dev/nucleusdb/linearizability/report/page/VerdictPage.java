package dev.nucleusdb.linearizability.report.page;

import dev.nucleusdb.linearizability.Counterexample;
import dev.nucleusdb.linearizability.ObjectVerdict;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.report.part.Label;
import dev.nucleusdb.linearizability.report.part.Words;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A verdict as one HTML document, which loads nothing and works from a file: the verdict, for each
/// object what is said of it, for a violation the few operations that contradict each other and the
/// longest order that could be found, and behind it the whole history.
///
/// Large histories stay quick because the page draws only what is visible. At most 200,000
/// operations and 2,000 objects are on a page, those that are wrong first; the page says what is
/// missing.
public final class VerdictPage {
  static final List<String> SCRIPTS =
      List.of(
          "verdict-data.js",
          "verdict-lanes.js",
          "verdict-canvas.js",
          "verdict-view.js",
          "verdict-panel.js",
          "verdict.js");

  private VerdictPage() {}

  /// Makes the page of a verdict.
  ///
  /// @param source what the history is called, as its file
  /// @param history what was judged
  /// @param model by which it was judged
  /// @param verdict what was said of it
  /// @return the document, to be written as UTF-8
  public static String html(String source, History history, Model<?> model, Verdict verdict) {
    List<ObjectStory> stories = ObjectStory.of(history, model, verdict);
    Kinds kinds = new Kinds(history.operations(), model);
    String legend = Legend.html(history.operations(), kinds, stories);
    Mood mood = Mood.of(verdict);
    return PageFrame.html(
        new PageFrame(
            source,
            mood,
            mood.word(),
            Words.of(verdict),
            counts(source, history, model, verdict),
            PageFrame.body(PageData.OBJECTS, stories(stories, kinds), legend),
            legend,
            new PageData(history, kinds, PageData.OBJECTS).json(stories),
            SCRIPTS));
  }

  /// What every history of objects counts.
  static Map<String, String> counts(
      String source, Model<?> model, List<Operation> operations, int objects) {
    Set<Long> clients = new LinkedHashSet<>();
    operations.forEach(operation -> clients.add(operation.process()));
    Map<String, String> counts = new LinkedHashMap<>();
    counts.put("history", source);
    counts.put("model", model.name());
    counts.put("operations", grouped(operations.size()));
    counts.put("clients", grouped(clients.size()));
    counts.put("objects", grouped(objects));
    return counts;
  }

  private static Map<String, String> counts(
      String source, History history, Model<?> model, Verdict verdict) {
    Map<String, String> counts =
        counts(source, model, history.operations(), verdict.objects().size());
    for (Mood mood : Mood.values()) {
      long count =
          verdict.objects().stream().filter(object -> Mood.of(object).equals(mood)).count();
      if (count > 0 && verdict.objects().size() > 1) {
        counts.put(mood.mark() + " " + mood.word().toLowerCase(Locale.ROOT), grouped(count));
      }
    }
    counts.put("configurations", grouped(verdict.effort().configurations()));
    counts.put("steps", grouped(verdict.effort().steps()));
    return counts;
  }

  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String stories(List<ObjectStory> stories, Kinds kinds) {
    List<ObjectStory> shown = stories.subList(0, Math.min(PageData.MAX_OBJECTS, stories.size()));
    return PageFrame.stories(shown.stream().map(story -> story(story, kinds)).toList());
  }

  private static String story(ObjectStory story, Kinds kinds) {
    return switch (story.verdict()) {
      case ObjectVerdict.Explained explained ->
          heading("An order that explains " + named(explained.key()))
              + paragraph(
                  "The numbers on the operations say in which order they took effect; n and p go"
                      + " along it. Crashed operations without a number never did.");
      case ObjectVerdict.Undecided undecided ->
          heading("No verdict on " + named(undecided.key()))
              + paragraph(sentence(Words.of(undecided)) + deepest(undecided));
      case ObjectVerdict.Contradicted(Value key, Counterexample counterexample) ->
          heading("What contradicts itself in " + named(key))
              + contradiction(story, counterexample, kinds);
    };
  }

  private static String named(Value key) {
    return key.equals(Value.UNRECORDED) ? "the history" : "the history of " + Label.of(key);
  }

  private static String deepest(ObjectVerdict.Undecided undecided) {
    Operation deepest = undecided.deepest();
    return deepest == null
        ? ""
        : " No order had yet explained " + Words.inWords(deepest) + ", which is marked below.";
  }

  /// Why an object is wrong: in words alone where its order was not looked for, since then it would
  /// be too much to draw.
  static String contradiction(ObjectStory story, Counterexample counterexample, Kinds kinds) {
    return story.attempt() == null ? paragraph(story.words()) : drawn(story, counterexample, kinds);
  }

  /// The operations that contradict each other in lanes, and what can be said of them.
  static String drawn(ObjectStory story, Counterexample counterexample, Kinds kinds) {
    StringBuilder html = new StringBuilder("<div class=\"scroll\" tabindex=\"-1\">\n");
    html.append(VerdictDrawing.inline(story, kinds, "The contradicting operations in lanes"));
    html.append("</div>\n").append(paragraph(story.words()));
    LongestOrder attempt = story.attempt();
    if (attempt != null) {
      html.append(chain(attempt));
    }
    int omitted = counterexample.omitted().size();
    if (omitted > 0) {
      html.append(
          paragraph(
              Words.counted(omitted, "operation")
                  + " left out: whether or not each of them happened, this stands."));
    }
    if (!counterexample.minimal()) {
      html.append(
          paragraph("A limit stopped the shrinking; fewer operations may contradict each other."));
    }
    return html.toString();
  }

  /// The longest order, with the state after each step, and where it got stuck.
  private static String chain(LongestOrder attempt) {
    if (attempt.steps().isEmpty()) {
      return paragraph(
          "Nothing of this alone can come first: the state is "
              + Label.of(attempt.initial())
              + " then.");
    }
    StringBuilder html = new StringBuilder(paragraph("The longest order that could be placed:"));
    html.append("<ol class=\"chain\">\n").append(state(attempt.initial()));
    int number = 1;
    for (LongestOrder.Step step : attempt.steps()) {
      html.append(step("step", String.valueOf(number++), step.operation()));
      html.append(state(step.after()));
    }
    for (Operation operation : attempt.blocked()) {
      html.append(step("step stuck", "✕", operation));
    }
    html.append("</ol>\n");
    boolean one = attempt.blocked().size() == 1;
    String stuck =
        (one ? "What is marked ✕ had" : "One of those marked ✕ had")
            + " to come next, and "
            + (one ? "it is not" : "none of them is")
            + " possible in the state "
            + Label.of(attempt.before())
            + ".";
    String rest = attempt.exhaustive() ? " No order gets further." : "";
    return html.append(paragraph(stuck + rest)).toString();
  }

  private static String state(String words) {
    return "<li class=\"state\">" + Markup.text(Label.of(words)) + "</li>\n";
  }

  private static String step(String style, String mark, Operation operation) {
    return String.format(
        Locale.ROOT,
        "<li class=\"%s\"><button type=\"button\" data-op=\"%d\" title=\"%s\"><b>%s</b>%s</button>"
            + "</li>\n",
        style,
        operation.index(),
        Markup.text(OperationsDrawing.described(operation)),
        mark,
        Markup.text(Label.arrowed(operation.action(), OperationsDrawing.LABEL_LENGTH)));
  }

  static String heading(String text) {
    return "<h2>" + Markup.text(text) + "</h2>\n";
  }

  static String paragraph(String text) {
    return "<p>" + Markup.text(text) + "</p>\n";
  }

  static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }
}
