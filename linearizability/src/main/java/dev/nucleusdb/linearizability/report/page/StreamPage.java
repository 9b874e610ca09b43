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
import dev.nucleusdb.linearizability.stream.StreamVerdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The verdicts on a growing history as one HTML document, or as one SVG document. Of what is
/// settled nothing is left but a state, so a page shows, of each object, how many returns were
/// judged, and of one that is wrong the state that it was certainly in, what came since, and the
/// few of these operations that contradict each other.
///
/// ```
///   …… 8,001 returns, forgotten ……│ x was certainly 7 │ put x 8   get x → 8   ✕ get x → 7
///                                   the settled state   the window: since then
/// ```
public final class StreamPage {
  private StreamPage() {}

  /// Makes the page of verdicts.
  ///
  /// @param source what the history is called, as its file
  /// @param model by which it was judged
  /// @param verdicts what was said of each object
  /// @return the document, to be written as UTF-8
  public static String html(String source, Model<?> model, List<StreamVerdict> verdicts) {
    List<StreamVerdict> gravestFirst = gravestFirst(verdicts);
    List<ObjectStory> stories = gravestFirst.stream().map(StreamPage::story).toList();
    List<Operation> remembered =
        stories.stream().flatMap(story -> story.operations().stream()).toList();
    Kinds kinds = new Kinds(remembered, model);
    String legend = Legend.html(remembered, kinds, stories);
    List<String> told = new ArrayList<>();
    for (int number = 0; number < Math.min(PageData.MAX_OBJECTS, stories.size()); number++) {
      told.add(html(gravestFirst.get(number), stories.get(number), kinds));
    }
    Map<String, String> counts = VerdictPage.counts(source, model, remembered, stories.size());
    counts.remove("operations");
    counts.remove("clients");
    counts.put("returns judged", VerdictPage.grouped(passed(verdicts)));
    counts.put("remembered operations", VerdictPage.grouped(remembered.size()));
    Mood mood = mood(gravestFirst, stories);
    return PageFrame.html(
        new PageFrame(
            source,
            mood,
            mood.word(),
            sentence(gravestFirst),
            counts,
            PageFrame.body(PageData.OBJECTS, PageFrame.stories(told), legend),
            legend,
            new PageData(new History(remembered), kinds, PageData.OBJECTS).json(stories),
            VerdictPage.SCRIPTS));
  }

  /// Draws the first object that is wrong, or says what holds.
  ///
  /// @return the document, to be written as UTF-8
  public static String svg(Model<?> model, List<StreamVerdict> verdicts) {
    List<StreamVerdict> gravestFirst = gravestFirst(verdicts);
    List<ObjectStory> stories = gravestFirst.stream().map(StreamPage::story).toList();
    Mood mood = mood(gravestFirst, stories);
    String title = mood.word() + ": " + sentence(gravestFirst);
    if (violated(gravestFirst).isEmpty()) {
      return VerdictDrawing.document(title, mood, "", List.of(), 0, VerdictDrawing.TOP);
    }
    ObjectStory story = stories.getFirst();
    List<String> notes = new ArrayList<>();
    notes.add(settled(violated(gravestFirst).get(), story));
    notes.addAll(VerdictDrawing.notes(story, stories.size()));
    return VerdictDrawing.document(title, mood, story, new Kinds(story.operations(), model), notes);
  }

  private static Optional<StreamVerdict.Violated> violated(List<StreamVerdict> gravestFirst) {
    return gravestFirst.stream()
        .filter(StreamVerdict.Violated.class::isInstance)
        .map(StreamVerdict.Violated.class::cast)
        .findFirst();
  }

  private static List<StreamVerdict> gravestFirst(List<StreamVerdict> verdicts) {
    List<StreamVerdict> gravestFirst = new ArrayList<>(verdicts);
    gravestFirst.sort(Comparator.comparingInt(StreamPage::gravity));
    return gravestFirst;
  }

  private static int gravity(StreamVerdict verdict) {
    return switch (verdict) {
      case StreamVerdict.Violated _ -> 0;
      case StreamVerdict.Undecided _ -> 1;
      case StreamVerdict.Holding _ -> 2;
    };
  }

  private static Mood mood(List<StreamVerdict> gravestFirst, List<ObjectStory> stories) {
    return gravestFirst.isEmpty() ? Mood.VALID : Mood.of(stories.getFirst().verdict());
  }

  private static long passed(List<StreamVerdict> verdicts) {
    return verdicts.stream().mapToLong(StreamVerdict::passedCount).sum();
  }

  private static String sentence(List<StreamVerdict> gravestFirst) {
    boolean holds = gravestFirst.stream().allMatch(StreamVerdict.Holding.class::isInstance);
    return holds
        ? String.format(
            Locale.ROOT,
            "all %s on %s have an order; it was not kept",
            Words.counted(passed(gravestFirst), "return"),
            Words.counted(gravestFirst.size(), "object"))
        : Words.of(gravestFirst.getFirst());
  }

  private static ObjectStory story(StreamVerdict verdict) {
    return switch (verdict) {
      case StreamVerdict.Violated(
              Value key,
              long passed,
              Model<?> model,
              Counterexample counterexample) -> {
        List<Operation> window = new ArrayList<>(counterexample.operations());
        window.addAll(counterexample.omitted());
        window.sort(ObjectStory.BY_INVOCATION);
        yield new ObjectStory(
            ObjectStory.nameOf(key),
            Words.reason(counterexample),
            new ObjectVerdict.Contradicted(key, counterexample),
            window,
            Math.max(passed + 1, window.size()),
            LongestOrder.attempt(model, counterexample.operations()).orElse(null));
      }
      case StreamVerdict.Undecided(Value key, long passed, Verdict.Cause cause) ->
          forgotten(verdict, new ObjectVerdict.Undecided(key, cause, 0, 0, null), passed);
      case StreamVerdict.Holding(Value key, long passed) ->
          forgotten(verdict, new ObjectVerdict.Explained(key, List.of()), passed);
    };
  }

  /// An object of which no operation is remembered.
  private static ObjectStory forgotten(
      StreamVerdict verdict, ObjectVerdict shown, long passedCount) {
    return new ObjectStory(
        ObjectStory.nameOf(verdict.key()), Words.of(verdict), shown, List.of(), passedCount, null);
  }

  private static String html(StreamVerdict verdict, ObjectStory story, Kinds kinds) {
    return switch (verdict) {
      case StreamVerdict.Violated violated ->
          VerdictPage.heading("What contradicts itself" + Words.ofObject(violated.key()))
              + VerdictPage.drawn(story, violated.counterexample(), kinds)
              + VerdictPage.paragraph(settled(violated, story));
      case StreamVerdict.Undecided _ ->
          VerdictPage.heading("No verdict" + Words.ofObject(verdict.key()))
              + VerdictPage.paragraph(
                  VerdictPage.sentence(story.words()) + " What came later was not judged.");
      case StreamVerdict.Holding _ ->
          VerdictPage.heading("What was judged" + Words.ofObject(verdict.key()))
              + VerdictPage.paragraph(
                  VerdictPage.sentence(story.words()) + " What is settled is forgotten.");
    };
  }

  /// How far the judge came, and the state in which the past was settled.
  private static String settled(StreamVerdict.Violated violated, ObjectStory story) {
    return String.format(
        Locale.ROOT,
        "%s had an order before. Before the last %s, to which these belong, the object was certainly"
            + " %s; what came earlier is settled and forgotten.",
        Words.counted(violated.passedCount(), "return"),
        Words.counted(story.operations().size(), "operation"),
        Label.of(String.valueOf(violated.model().initial())));
  }
}
