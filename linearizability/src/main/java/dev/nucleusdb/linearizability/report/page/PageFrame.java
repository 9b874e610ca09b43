package dev.nucleusdb.linearizability.report.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What pages of verdicts of every kind share: head, style, help, and one script that reads the
/// data. What lies between is the body, which each kind brings.
///
/// @param source what the history is called
/// @param mood how the verdict looks
/// @param word the first words of the verdict
/// @param sentence the rest of it
/// @param counts what the head counts, by name, in order
/// @param body the elements between head and foot, as HTML
/// @param legend what signs and colours mean, as HTML
/// @param data what the script reads, as JSON from which nothing can end the element
/// @param scripts the resources that make up the script, in order
record PageFrame(
    String source,
    Mood mood,
    String word,
    String sentence,
    Map<String, String> counts,
    String body,
    String legend,
    String data,
    List<String> scripts) {
  /// What keys do, in the order of the help.
  private static final List<List<String>> KEYS =
      List.of(
          List.of("n p", "next and previous operation of the contradiction, or of the order found"),
          List.of("← →", "pan; dragging pans too"),
          List.of("↑ ↓", "the lanes up and down, while they have the focus"),
          List.of("+ −", "zoom; the mouse wheel zooms at the pointer, with Shift it pans"),
          List.of("Home", "show all"),
          List.of("f", "show the marked operations"),
          List.of("o", "time to scale, or the order of events alone"),
          List.of("[ ]", "the one before in the list, the one after"),
          List.of("/", "filter the list"),
          List.of("Tab", "from one operation of the drawing to the next; Enter chooses it"),
          List.of("t", "light or dark"),
          List.of("Esc", "forget the choice"),
          List.of("?", "this box"));

  /// The document.
  static String html(PageFrame frame) {
    Map<String, String> parts = new LinkedHashMap<>();
    String title = frame.word + " · " + frame.source;
    parts.put("title", Markup.text(title));
    parts.put(
        "style", Palette.variables() + Resource.text("drawing.css") + Resource.text("verdict.css"));
    parts.put("mood", frame.mood.style());
    parts.put("mark", frame.mood.mark());
    parts.put("word", Markup.text(frame.word));
    parts.put("sentence", Markup.text(capital(frame.sentence)));
    parts.put("counts", pairs(frame.counts));
    parts.put("body", frame.body);
    parts.put("keys", keys());
    parts.put("legend", frame.legend);
    parts.put("data", frame.data);
    parts.put(
        "script", frame.scripts.stream().map(Resource::text).collect(Collectors.joining("\n")));
    return Resource.filled(Resource.text("verdict.html"), parts);
  }

  /// The body of a page: what is listed at its side, what is said of it, and the whole history.
  ///
  /// @param listed what is listed, as [PageData#OBJECTS]
  /// @param stories what is said, as HTML
  static String body(String listed, String stories, String legend) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("listed", listed);
    parts.put("stories", stories);
    parts.put("legend", legend);
    return Resource.filled(Resource.text("verdict-body.html"), parts);
  }

  /// What is said of each thing that is listed, of which one is shown at a time.
  ///
  /// @param stories what is said of each, as HTML
  static String stories(List<String> stories) {
    StringBuilder html = new StringBuilder();
    int number = 0;
    for (String story : stories) {
      html.append("<section class=\"story\" data-object=\"").append(number).append('"');
      html.append(number == 0 ? ">\n" : " hidden>\n").append(story).append("</section>\n");
      number++;
    }
    return stories.isEmpty() ? "<p>The history is empty.</p>" : html.toString();
  }

  private static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }

  private static String pairs(Map<String, String> counts) {
    StringBuilder html = new StringBuilder();
    counts.forEach((name, text) ->
        html.append("<div><dt>")
            .append(Markup.text(name))
            .append("</dt><dd>")
            .append(Markup.text(text))
            .append("</dd></div>\n"));
    return html.toString();
  }

  private static String keys() {
    StringBuilder html = new StringBuilder();
    for (List<String> key : KEYS) {
      html.append("<dt>");
      html.append("<kbd>").append(key.getFirst().replace(" ", "</kbd> <kbd>"));
      html.append("</kbd></dt><dd>").append(Markup.text(key.getLast())).append("</dd>\n");
    }
    return html.toString();
  }
}
