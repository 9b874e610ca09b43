package dev.nucleusdb.scenarios.report;

import static java.util.Objects.requireNonNull;

import dev.nucleusdb.linearizability.Counterexample;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.scenarios.explain.Explanation;
import dev.nucleusdb.scenarios.workload.OperationCounts;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.Seconds;
import dev.nucleusdb.sim.trace.Recording;
import dev.nucleusdb.sim.trace.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One world as one HTML document, which loads nothing and works from a file. The address may end
/// in `#t=12.3,14.1` to show the seconds from 12.3 to 14.1.
///
/// ```
///   template = { text | "{{" name "}}" }      each name is replaced once; what is put in is not
///                                             looked at again
/// ```
public final class TimelinePage {
  /// The parts of the script, in the order in which they stand on the page.
  private static final List<String> SCRIPTS =
      List.of(
          "timeline-data.js",
          "timeline-words.js",
          "timeline-state.js",
          "timeline-lanes.js",
          "timeline-theme.js",
          "timeline-canvas.js",
          "timeline-nodes.js",
          "timeline-messages.js",
          "timeline-ruler.js",
          "timeline-panel.js",
          "timeline-legend.js",
          "timeline-cursor.js",
          "timeline.js");

  private TimelinePage() {}

  /// Makes the page of a world.
  ///
  /// @param result what became of the world
  /// @param recording all that happened in it
  /// @param explanation why it is broken; [Explanation#NONE] if it is not
  /// @param scenario the name of the scenario
  /// @param replayLine the command that runs this world again
  /// @param headlines more lines for the head of the page, in order; may be empty
  /// @return the document, to be written as UTF-8
  public static String html(
      WorldResult result,
      Recording recording,
      Explanation explanation,
      String scenario,
      String replayLine,
      List<String> headlines) {
    KeptEvents kept = KeptEvents.of(recording, ExplanationData.needed(explanation));
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("title", escape(title(result, scenario)));
    parts.put("style", resource("timeline.css") + "\n" + resource("timeline-picture.css"));
    parts.put("scenario", escape(scenario));
    parts.put("seed", Long.toString(result.seed()));
    parts.put("mood", result.violation() != null ? "broken" : "whole");
    parts.put("verdict", verdict(result));
    parts.put("headlines", headlines(headlines));
    parts.put("replay", escape(replayLine));
    parts.put("counts", counts(result, recording));
    parts.put("omitted", omitted(result, kept));
    parts.put("evidence", evidence(result));
    parts.put("why", why(result, explanation));
    parts.put("data", TimelineData.json(result, kept, explanation));
    parts.put("script", script());
    return fill(resource("timeline.html"), parts);
  }

  private static String title(WorldResult result, String scenario) {
    Violation violation = result.violation();
    String end = violation == null ? "ok" : violation.invariant() + " broken";
    return end + " · seed " + result.seed() + " · " + scenario;
  }

  private static String verdict(WorldResult result) {
    Violation violation = result.violation();
    if (violation != null) {
      return "<strong>"
          + escape(violation.invariant())
          + " is broken</strong> at "
          + Seconds.format(violation.atNanos())
          + ": "
          + escape(violation.detail());
    }
    return result.undecided()
        ? "<strong>ok, but undecided:</strong> no property was broken; the judge gave up on the"
            + " history"
        : "<strong>ok:</strong> every property held";
  }

  private static String headlines(List<String> headlines) {
    StringBuilder items = new StringBuilder();
    for (String line : headlines) {
      items.append("<p class=\"headline\">").append(escape(line)).append("</p>\n");
    }
    return items.toString();
  }

  private static String counts(WorldResult result, Recording recording) {
    OperationCounts operations = result.operations();
    StringBuilder items = new StringBuilder();
    count(
        items,
        "operations",
        grouped(operations.ok())
            + " ok, "
            + grouped(operations.failed())
            + " failed, "
            + grouped(operations.unknown())
            + " unknown");
    count(items, "events", grouped(result.eventCount()));
    count(items, "recorded", grouped(recording.count()));
    count(items, "simulated", Seconds.format(result.simulated().toNanos()));
    count(items, "digest", String.format(Locale.ROOT, "%016x", result.digest()));
    StringBuilder families = new StringBuilder();
    for (Map.Entry<FaultFamily, Long> family : result.faults().toMap().entrySet()) {
      if (family.getValue() > 0) {
        families.append(families.isEmpty() ? "" : ", ");
        families.append(family.getKey().label()).append(' ').append(grouped(family.getValue()));
      }
    }
    count(items, "faults", families.isEmpty() ? "none" : families.toString());
    return items.toString();
  }

  private static void count(StringBuilder items, String name, String value) {
    items
        .append("<div><dt>")
        .append(name)
        .append("</dt><dd>")
        .append(escape(value))
        .append("</dd></div>\n");
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String omitted(WorldResult result, KeptEvents kept) {
    StringBuilder notes = new StringBuilder();
    if (kept.omittedCount() > 0) {
      notes
          .append("<p class=\"note\">Not on this page, for want of room: ")
          .append(grouped(kept.omittedCount()))
          .append(" events (")
          .append(escape(kept.omittedWords()))
          .append(").</p>\n");
    }
    int early = result.log().records().size() - TimelineData.OPERATION_COUNT_MAX;
    if (early > 0) {
      notes
          .append("<p class=\"note\">Not on this page, for want of room: the first ")
          .append(grouped(early))
          .append(" operations.</p>\n");
    }
    return notes.toString();
  }

  /// The judge's words; folded away if a picture says the same.
  private static String evidence(WorldResult result) {
    return result.evidence().isEmpty()
        ? ""
        : "<details class=\"evidence\""
            + (result.counterexample() == null ? " open" : "")
            + "><summary>Evidence</summary><pre tabindex=\"0\">"
            + escape(result.evidence())
            + "</pre></details>";
  }

  /// What is to be read first: the operations that contradict each other, and where the world left
  /// the course of a good one.
  private static String why(WorldResult result, Explanation explanation) {
    StringBuilder why = new StringBuilder();
    Counterexample counterexample = result.counterexample();
    if (counterexample != null) {
      why.append(CounterexamplePicture.html(counterexample, TimelineData.operations(result)));
    }
    String departure = explanation.departureSentence();
    if (!departure.isEmpty()) {
      why.append("<p class=\"departure\"><button type=\"button\" id=\"to-departure-first\"")
          .append(" title=\"Show it (d)\">Departs</button> <span>")
          .append(escape(departure))
          .append("</span></p>\n");
    }
    return why.toString();
  }

  private static String script() {
    StringBuilder script = new StringBuilder();
    SCRIPTS.forEach(name -> script.append(resource(name)).append('\n'));
    return script.toString();
  }

  /// Replaces each `{{name}}` of the template, in one pass.
  private static String fill(String template, Map<String, String> parts) {
    StringBuilder page = new StringBuilder();
    int place = 0;
    while (true) {
      int begin = template.indexOf("{{", place);
      if (begin < 0) {
        return page.append(template, place, template.length()).toString();
      }
      int end = template.indexOf("}}", begin);
      String name = template.substring(begin + 2, end);
      String part = requireNonNull(parts.get(name), () -> "nobody gives the template its " + name);
      page.append(template, place, begin).append(part);
      place = end + 2;
    }
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String resource(String name) {
    try (InputStream stream = TimelinePage.class.getResourceAsStream(name)) {
      byte[] bytes =
          requireNonNull(stream, () -> "the resource " + name + " is missing").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + name, e);
    }
  }
}
