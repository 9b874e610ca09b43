package dev.nucleusdb.linearizability.report.page;

import dev.nucleusdb.linearizability.Counterexample;
import dev.nucleusdb.linearizability.ObjectVerdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.report.part.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/// The history as the script of a page reads it: a few columns of small numbers for each object,
/// since 100,000 operations as objects would take ten times the room.
///
/// ```
///   { base, listed, clients, functions, kinds, labels, functionOf,
///     objects: [ { name, mood, words, total, index*, line*, invoke*, span, client, label, outcome,
///                  order, blocked, kept, context } ] }
///
///   *: differences to the one before      span: return - invoke, -1 for one that never returned
///   outcome: 0 ok, 1 failed, 2 unknown
///   order: place in the order, 0 for none  blocked, kept, context: places among the operations
/// ```
final class PageData {
  /// What is listed at the side of a page: the objects of a history.
  static final String OBJECTS = "Objects";

  /// What is listed at the side of a page: why the levels of a history hold or not.
  static final String LEVELS = "Levels";

  /// How many operations are on a page; of an object that does not fit, those nearest to what is
  /// wrong.
  static final int MAX_OPERATIONS = 200_000;

  /// How many objects are on a page.
  static final int MAX_OBJECTS = 2_000;

  /// Longest label, in characters.
  static final int MAX_LABEL = 2_000;

  /// After so many characters of labels, the rest are short.
  private static final int LABEL_BUDGET = 3_000_000;

  private static final int SHORT_LABEL = 60;

  private final Kinds kinds;
  private final String listed;
  private final Map<String, Integer> labels = new LinkedHashMap<>();
  private final List<Integer> functionOf = new ArrayList<>();
  private final List<String> functions;
  private final Map<Long, Integer> clients = new LinkedHashMap<>();
  private final long base;
  private int labelSize;
  private int room = MAX_OPERATIONS;

  /// @param listed what each story is of, as [#OBJECTS]
  PageData(History history, Kinds kinds, String listed) {
    this.kinds = kinds;
    this.listed = listed;
    this.functions = kinds.functions();
    this.base = history.operations().stream().mapToLong(Operation::invokeTime).min().orElse(0);
    TreeSet<Long> processes = new TreeSet<>();
    history.operations().forEach(operation -> processes.add(operation.process()));
    processes.forEach(process -> clients.put(process, clients.size()));
  }

  /// The data of these objects, as JSON that may stand inside a `script` element.
  String json(List<ObjectStory> stories) {
    StringBuilder objects = new StringBuilder();
    for (ObjectStory story : stories.subList(0, Math.min(MAX_OBJECTS, stories.size()))) {
      objects.append(objects.isEmpty() ? "\n" : ",\n");
      object(objects, story);
    }
    StringBuilder json = new StringBuilder("{\"base\":\"").append(base).append("\",\n");
    json.append("\"listed\":").append(Markup.json(listed)).append(",\n");
    json.append("\"objectCount\":").append(stories.size()).append(",\n\"clients\":[");
    separated(json, clients.keySet().stream().map(client -> "\"" + client + "\"").toList());
    json.append("],\n\"functions\":[");
    separated(json, functions.stream().map(Markup::json).toList());
    json.append("],\n\"kinds\":[");
    separated(json, functions.stream().map(kinds::of).map(String::valueOf).toList());
    json.append("],\n\"objects\":[").append(objects).append("],\n\"functionOf\":[");
    separated(json, functionOf.stream().map(String::valueOf).toList());
    json.append("],\n\"labels\":[");
    separated(json, labels.keySet().stream().map(Markup::json).toList());
    return json.append("]}").toString();
  }

  private void object(StringBuilder json, ObjectStory story) {
    List<Operation> shown = shown(story);
    room -= shown.size();
    Mood mood = Mood.of(story.verdict());
    json.append("{\"name\":").append(Markup.json(story.name()));
    json.append(",\"mood\":\"").append(mood.style());
    json.append("\",\"words\":").append(Markup.json(story.words()));
    json.append(",\"total\":").append(story.total());
    differences(json, "index", shown, Operation::index);
    differences(json, "line", shown, Operation::line);
    differences(json, "invoke", shown, operation -> operation.invokeTime() - base);
    column(json, "span", shown, PageData::span);
    column(json, "client", shown, operation -> clients.getOrDefault(operation.process(), 0));
    column(json, "label", shown, this::label);
    column(json, "outcome", shown, PageData::outcome);
    OperationsDrawing.Marks marks = story.marks();
    column(json, "order", shown, operation -> marks.numbers().getOrDefault(operation.index(), 0));
    Map<Integer, Integer> places = new LinkedHashMap<>();
    shown.forEach(operation -> places.put(operation.index(), places.size()));
    places(json, "blocked", places, marks.blocked());
    places(json, "context", places, marks.context());
    places(json, "kept", places, kept(story));
    json.append('}');
  }

  private static List<Integer> kept(ObjectStory story) {
    return story.verdict() instanceof ObjectVerdict.Contradicted contradicted
        ? contradicted.counterexample().operations().stream().map(Operation::index).toList()
        : List.of();
  }

  /// All operations if there is room for them, else those around what is wrong.
  private List<Operation> shown(ObjectStory story) {
    List<Operation> all = story.operations();
    if (all.size() <= room) {
      return all;
    }
    int middle =
        story.verdict()
                instanceof ObjectVerdict.Contradicted(Value _, Counterexample counterexample)
            ? placeOf(counterexample.stuck(), all)
            : 0;
    int begin = Math.clamp((long) middle - room / 2, 0, all.size() - room);
    return all.subList(begin, begin + room);
  }

  private static int placeOf(Operation operation, List<Operation> operations) {
    int place = 0;
    while (place < operations.size() - 1
        && operations.get(place).invokeTime() < operation.invokeTime()) {
      place++;
    }
    return place;
  }

  private static long span(Operation operation) {
    return operation.returnTime() == Operation.NEVER
        ? -1
        : operation.returnTime() - operation.invokeTime();
  }

  private static int outcome(Operation operation) {
    return switch (operation.outcome()) {
      case OK -> 0;
      case FAILED -> 1;
      case UNKNOWN -> 2;
    };
  }

  private int label(Operation operation) {
    int length = labelSize < LABEL_BUDGET ? MAX_LABEL : SHORT_LABEL;
    String text = Label.arrowed(operation.action(), length);
    Integer known = labels.get(text);
    if (known != null) {
      return known;
    }
    labelSize += text.length();
    labels.put(text, functionOf.size());
    functionOf.add(functions.indexOf(operation.action().function()));
    return functionOf.size() - 1;
  }

  private static void places(
      StringBuilder json, String name, Map<Integer, Integer> places, Iterable<Integer> indices) {
    json.append(",\"").append(name).append("\":[");
    List<String> found = new ArrayList<>();
    for (int index : indices) {
      Integer place = places.get(index);
      if (place != null) {
        found.add(place.toString());
      }
    }
    separated(json, found);
    json.append(']');
  }

  private static void differences(
      StringBuilder json, String name, List<Operation> shown, ToLongFunction<Operation> number) {
    json.append(",\n\"").append(name).append("\":[");
    long before = 0;
    for (int place = 0; place < shown.size(); place++) {
      long here = number.applyAsLong(shown.get(place));
      json.append(place == 0 ? "" : ",").append(here - before);
      before = here;
    }
    json.append(']');
  }

  private static void column(
      StringBuilder json, String name, List<Operation> shown, ToLongFunction<Operation> number) {
    json.append(",\n\"").append(name).append("\":[");
    for (int place = 0; place < shown.size(); place++) {
      json.append(place == 0 ? "" : ",").append(number.applyAsLong(shown.get(place)));
    }
    json.append(']');
  }

  private static void separated(StringBuilder json, List<String> parts) {
    json.append(String.join(",", parts));
  }
}
