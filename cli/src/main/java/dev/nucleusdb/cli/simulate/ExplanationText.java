package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.scenarios.explain.Explanation;
import dev.nucleusdb.scenarios.explain.StoryLine;
import java.io.PrintStream;
import java.util.List;

/// Prints why a world is broken.
final class ExplanationText {
  /// The nearest causes; the page has them all.
  private static final int LINE_COUNT = 12;

  private ExplanationText() {}

  /// The departure in one sentence, and the last causes, newest first.
  static void print(PrintStream out, Explanation explanation) {
    String departure = explanation.departureSentence();
    if (!departure.isEmpty()) {
      out.println("departure     " + departure);
    }
    List<StoryLine> story = explanation.story();
    if (!story.isEmpty()) {
      out.println("causes        newest first");
      story.reversed().stream().limit(LINE_COUNT).forEach(line -> out.println("  " + line));
      int more = story.size() - LINE_COUNT;
      if (more > 0) {
        out.println("  ... and " + more + " before; --report FILE draws them all");
      }
    }
  }
}
