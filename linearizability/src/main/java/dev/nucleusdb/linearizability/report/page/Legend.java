package dev.nucleusdb.linearizability.report.page;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.report.part.Label;
import java.util.List;
import java.util.Locale;

/// What the signs and colours of a page mean; only those that can appear on it.
final class Legend {
  private Legend() {}

  static String html(List<Operation> operations, Kinds kinds, List<ObjectStory> stories) {
    StringBuilder html = new StringBuilder("<ul class=\"legend\">\n");
    for (String function : kinds.functions()) {
      item(html, "kind-" + kinds.of(function), closed(), Label.of(function));
    }
    if (operations.stream().anyMatch(operation -> operation.outcome() == Outcome.UNKNOWN)) {
      item(html, "kind-1 crashed", open(), "never returned: may have happened or not");
    }
    if (operations.stream().anyMatch(operation -> operation.outcome() == Outcome.FAILED)) {
      item(html, "kind-1 failed", closed(), "✕ failed: had no effect");
    }
    if (has(stories, Mood.INVALID)) {
      boolean stuck =
          stories.stream()
              .flatMap(story -> story.marks().blocked().stream())
              .anyMatch(index -> index >= 0);
      String words = stuck ? "✕ heavy edge: could not be placed" : "heavy edge: contradicts itself";
      item(html, "kind-0 blocked", closed(), words);
    }
    if (has(stories, Mood.UNKNOWN)) {
      item(html, "kind-0 blocked", closed(), "? heavy edge: not explained when the limit came");
    }
    if (stories.stream().anyMatch(story -> !story.marks().context().isEmpty())) {
      item(html, "kind-1 context", closed(), "dotted: shows where a value came from");
    }
    return html.append("</ul>\n").toString();
  }

  private static boolean has(List<ObjectStory> stories, Mood mood) {
    return stories.stream().anyMatch(story -> Mood.of(story.verdict()).equals(mood));
  }

  private static String closed() {
    return "<rect class=\"bar\" x=\"2\" y=\"2\" width=\"26\" height=\"12\" rx=\"3\"/>";
  }

  private static String open() {
    return "<path class=\"bar\" d=\"M24 2H2v12H24\"/><path class=\"arrow\" d=\"M22 4l5 4l-5 4\"/>";
  }

  private static void item(StringBuilder html, String style, String shape, String words) {
    html.append(
        String.format(
            Locale.ROOT,
            "<li><svg class=\"drawing\" width=\"30\" height=\"16\" aria-hidden=\"true\">"
                + "<g class=\"%s\">%s<path class=\"edge\" d=\"M4 3v10\"/></g></svg>%s</li>\n",
            style,
            shape,
            Markup.text(words)));
  }
}
