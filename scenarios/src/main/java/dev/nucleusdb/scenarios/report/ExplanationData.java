package dev.nucleusdb.scenarios.report;

import dev.nucleusdb.scenarios.explain.Explanation;
import dev.nucleusdb.scenarios.explain.StoryLine;
import dev.nucleusdb.scenarios.explain.Words;
import dev.nucleusdb.scenarios.workload.OperationLog;
import dev.nucleusdb.sim.trace.Departure;
import dev.nucleusdb.sim.trace.Happening;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The explanation of a page: what departs, and the causes, each with its place among the rows of
/// the page.
///
/// ```
///   explanation = { goodRun departure? story }
///   departure   = { at lane sentence next* otherwise* item }     next, otherwise: [ at, words ]
///   story       = [ [ at, who, words, item ] … ]                 oldest first
///   item        = kind · 2^24 + row, as the scripts number things; -1 if it is not on the page
/// ```
final class ExplanationData {
  static final int TRACE = 0;
  static final int MESSAGE = 1;
  static final int NODE = 2;
  static final int FAULT = 3;
  private static final int OPERATION = 5;
  private static final int OPERATION_END = 6;
  private static final int VIOLATION = 8;
  private static final long ROWS = 1 << 24;

  private final Explanation explanation;
  private final Set<Happening> wanted;
  private final Map<Happening, Long> items = new LinkedHashMap<>();

  ExplanationData(Explanation explanation) {
    this.explanation = explanation;
    this.wanted = needed(explanation);
  }

  /// What must be on the page, whatever else stays out.
  static Set<Happening> needed(Explanation explanation) {
    Set<Happening> needed = new LinkedHashSet<>();
    for (StoryLine line : explanation.story()) {
      if (line.happening() != null) {
        needed.add(line.happening());
      }
    }
    Departure departure = explanation.departure();
    if (departure != null) {
      needed.addAll(departure.next());
    }
    return needed;
  }

  /// Something was given a row of the page.
  void place(Happening happening, int kind, int row) {
    if (wanted.contains(happening)) {
      items.putIfAbsent(happening, kind * ROWS + row);
    }
  }

  void write(JsonWriter json, Lanes lanes, List<OperationLog.Entry> operations) {
    json.name("explanation").beginObject();
    json.name("goodRun").value(explanation.goodRun());
    Departure departure = explanation.departure();
    if (departure != null) {
      json.name("departure").beginObject();
      json.name("at").value(departure.atNanos());
      json.name("lane").value(lanes.of(departure.actor()));
      json.name("sentence").value(explanation.departureSentence());
      writeSteps(json, "next", departure.next());
      writeSteps(json, "otherwise", departure.otherwise());
      json.name("item").value(departure.next().isEmpty() ? -1 : item(departure.next().getFirst()));
      json.endObject();
    }
    json.name("story").beginArray();
    for (StoryLine line : explanation.story()) {
      json.beginArray().value(line.atNanos()).value(line.who()).value(line.words());
      Happening happening = line.happening();
      json.value(happening == null ? operationItem(line, operations) : item(happening));
      json.endArray();
    }
    json.endArray().endObject();
  }

  private static void writeSteps(JsonWriter json, String name, List<Happening> steps) {
    json.name(name).beginArray();
    for (Happening step : steps) {
      json.beginArray().value(step.atNanos()).value(Words.of(step)).endArray();
    }
    json.endArray();
  }

  private long item(Happening happening) {
    return happening instanceof Happening.Violated
        ? VIOLATION * ROWS
        : items.getOrDefault(happening, -1L);
  }

  private static long operationItem(StoryLine line, List<OperationLog.Entry> operations) {
    for (int row = 0; row < operations.size(); row++) {
      OperationLog.Entry entry = operations.get(row);
      if (line.who().equals("c" + entry.client())) {
        if (line.atNanos() == entry.beginNanos()) {
          return OPERATION * ROWS + row;
        }
        if (line.atNanos() == entry.endNanos()) {
          return OPERATION_END * ROWS + row;
        }
      }
    }
    return -1;
  }
}
