package dev.nucleusdb.linearizability.report.page;

import dev.nucleusdb.linearizability.Counterexample;
import dev.nucleusdb.linearizability.ObjectVerdict;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.report.part.Label;
import dev.nucleusdb.linearizability.report.part.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A verdict as one SVG document, which loads nothing and looks right on light and on dark ground:
/// for a violation the few operations that contradict each other, and the longest order of them
/// that could be found; otherwise the history, or its beginning.
///
/// ```
///   ✕ Not linearizable: …
///   client 0 ──▌1 put x 1▐───────────────
///   client 1 ─────────────▌✕ get x → 0▐──
///   1  put x 1       the object is then 1
///   ✕  get x → 0     cannot come next
/// ```
public final class VerdictDrawing {
  /// How many operations of a history without a counterexample are drawn: more are not read.
  static final int MAX_OPERATIONS = 60;

  private static final int LINE_HEIGHT = 20;
  static final int TOP = 44;
  private static final int MARGIN = 14;
  private static final int LEAST_WIDTH = 640;

  /// How many steps of an order are listed below the drawing.
  private static final int MAX_STEPS = 40;

  /// Width of a character of the sentences, about, in pixels.
  private static final double CHARACTER = 7.4;

  /// The same of the title, whose letters are not all of one width.
  private static final double TITLE_CHARACTER = 9;

  private VerdictDrawing() {}

  /// Draws a verdict.
  ///
  /// @param history what was judged
  /// @param model by which it was judged
  /// @param verdict what was said of it
  /// @return the document, to be written as UTF-8
  public static String svg(History history, Model<?> model, Verdict verdict) {
    List<ObjectStory> stories = ObjectStory.of(history, model, verdict);
    Kinds kinds = new Kinds(history.operations(), model);
    Mood mood = Mood.of(verdict);
    String title = mood.word() + ": " + Words.of(verdict);
    if (stories.isEmpty()) {
      return document(title, mood, "", List.of(), LEAST_WIDTH, TOP);
    }
    ObjectStory story = stories.getFirst();
    return document(title, mood, story, kinds, notes(story, stories.size()));
  }

  /// A drawing of one story, with sentences below it.
  static String document(
      String title, Mood mood, ObjectStory story, Kinds kinds, List<String> notes) {
    OperationsDrawing drawing = new OperationsDrawing(drawn(story), story.marks(), kinds);
    return document(title, mood, drawing.body(TOP), notes, drawing.width(), TOP + drawing.height());
  }

  /// The drawing of a counterexample alone, for a page that brings the style.
  static String inline(ObjectStory story, Kinds kinds, String label) {
    OperationsDrawing drawing = new OperationsDrawing(drawn(story), story.marks(), kinds);
    return String.format(
        Locale.ROOT,
        "<svg class=\"drawing\" role=\"group\" aria-label=\"%s\" width=\"%d\" height=\"%d\""
            + " viewBox=\"0 0 %2$d %3$d\">\n%s</svg>\n",
        Markup.text(label),
        drawing.width(),
        drawing.height(),
        drawing.body(0));
  }

  private static List<Operation> drawn(ObjectStory story) {
    if (story.verdict() instanceof ObjectVerdict.Contradicted contradicted) {
      List<Operation> operations = contradicted.counterexample().operations();
      int begin = Math.max(0, operations.size() - LongestOrder.MAX_OPERATIONS);
      return operations.subList(begin, operations.size());
    }
    return story.operations().stream().limit(MAX_OPERATIONS).toList();
  }

  static List<String> notes(ObjectStory story, int objects) {
    List<String> notes = new ArrayList<>();
    if (story.verdict() instanceof ObjectVerdict.Contradicted contradicted) {
      Counterexample counterexample = contradicted.counterexample();
      notes.add(story.words());
      LongestOrder attempt = story.attempt();
      if (attempt != null) {
        order(notes, attempt);
      }
      if (!counterexample.omitted().isEmpty()) {
        notes.add(
            Words.counted(counterexample.omitted().size(), "operation")
                + " left out: whether or not each of them happened, this stands.");
      }
    } else {
      if (objects > 1) {
        notes.add("Object 1 of " + objects + Words.ofObject(story.verdict().key()) + ".");
      }
      if (story.operations().size() > MAX_OPERATIONS) {
        notes.add("The first " + MAX_OPERATIONS + " of " + story.operations().size() + ".");
      }
      notes.add("Numbers: the order in which the operations took effect.");
    }
    return notes;
  }

  static void order(List<String> notes, LongestOrder attempt) {
    notes.add("The longest order that could be placed:");
    int number = 0;
    for (LongestOrder.Step step : attempt.steps()) {
      if (number++ < MAX_STEPS) {
        notes.add(
            "  " + number + "  " + label(step.operation()) + "   then " + Label.of(step.after()));
      }
    }
    if (number > MAX_STEPS) {
      notes.add("  … " + (number - MAX_STEPS) + " more");
    }
    for (Operation operation : attempt.blocked()) {
      notes.add(
          "  ✕  " + label(operation) + "   cannot come next: it was " + Label.of(attempt.before()));
    }
  }

  private static String label(Operation operation) {
    return Label.arrowed(operation.action(), OperationsDrawing.LABEL_LENGTH);
  }

  /// A drawing that stands alone, with sentences below it.
  static String document(
      String title, Mood mood, String body, List<String> notes, int drawingWidth, int notesTop) {
    StringBuilder lines = new StringBuilder();
    int y = notesTop + LINE_HEIGHT;
    double widest = (Label.columns(title) + 2) * TITLE_CHARACTER;
    for (String note : notes) {
      lines.append(
          String.format(
              Locale.ROOT,
              "<text class=\"words\" x=\"%d\" y=\"%d\">%s</text>\n",
              MARGIN,
              y,
              Markup.text(note)));
      y += LINE_HEIGHT;
      widest = Math.max(widest, Label.columns(note) * CHARACTER);
    }
    int width = Math.max(LEAST_WIDTH, Math.max(drawingWidth, 2 * MARGIN + (int) widest));
    return String.format(
        Locale.ROOT,
        """
        <svg xmlns="http://www.w3.org/2000/svg" class="drawing" role="img" aria-label="%1$s" \
        width="%2$d" height="%3$d" viewBox="0 0 %2$d %3$d">
        <title>%1$s</title>
        <style>
        %4$s</style>
        <rect class="back" width="%2$d" height="%3$d"/>
        <text class="verdict %5$s" x="%6$d" y="27">%7$s %1$s</text>
        %8$s%9$s</svg>
        """,
        Markup.text(title),
        width,
        y,
        Palette.resolved(Resource.text("drawing.css")),
        mood.style(),
        MARGIN,
        mood.mark(),
        body,
        lines);
  }
}
