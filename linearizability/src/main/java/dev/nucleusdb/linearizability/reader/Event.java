package dev.nucleusdb.linearizability.reader;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One line of a history, as written: an invocation or a completion, before the two are paired.
///
/// @param offset where it stands in the text
/// @param process the client
/// @param type what happened
/// @param function the function as written
/// @param key the key as written, or null if there is none
/// @param value the value as written, or null if there is none
/// @param time the time as written, or null if there is none
record Event(
    int offset,
    Datum.Whole process,
    Type type,
    String function,
    @Nullable Datum key,
    @Nullable Datum value,
    Datum.@Nullable Whole time) {
  enum Type {
    INVOKE,
    OK,
    FAIL,
    INFO
  }

  /// Reads an event from a map, or gives null for one that no client caused, such as the injection
  /// of a fault.
  static @Nullable Event read(TextScanner in, Datum datum) throws MalformedHistoryException {
    if (!(datum instanceof Datum.Mapping map)) {
      throw in.expected(datum.offset(), "a map for each event");
    }
    Set<String> names = new LinkedHashSet<>();
    for (Datum.Entry entry : map.entries()) {
      String name = Datum.nameOf(entry.key());
      if (name != null && !names.add(name)) {
        throw in.expected(entry.key().offset(), "each key once, but found '" + name + "' again");
      }
    }
    Datum process = required(in, map, "process");
    Datum typeDatum = required(in, map, "type");
    Type type = type(in, typeDatum);
    if (process instanceof Datum.Word || "nemesis".equals(Datum.nameOf(process))) {
      return null;
    }
    if (!(process instanceof Datum.Whole number)) {
      throw in.expected(process.offset(), "a whole number as process");
    }
    Datum functionDatum = required(in, map, "f");
    String function = Datum.nameOf(functionDatum);
    if (function == null) {
      throw in.expected(functionDatum.offset(), "the name of a function as f");
    }
    return new Event(
        map.offset(), number, type, function, map.get("key"), map.get("value"), time(in, map));
  }

  private static Datum required(TextScanner in, Datum.Mapping map, String name)
      throws MalformedHistoryException {
    Datum datum = map.get(name);
    if (datum == null) {
      throw in.expected(map.offset(), "an event with '" + name + "', but found none");
    }
    return datum;
  }

  private static Type type(TextScanner in, Datum datum) throws MalformedHistoryException {
    String name = Datum.nameOf(datum);
    return switch (name) {
      case "invoke" -> Type.INVOKE;
      case "ok" -> Type.OK;
      case "fail" -> Type.FAIL;
      case "info" -> Type.INFO;
      case null -> throw in.expected(datum.offset(), "invoke, ok, fail or info as type");
      case String other ->
          throw in.expected(
              datum.offset(), "invoke, ok, fail or info as type, but found '" + other + "'");
    };
  }

  private static Datum.@Nullable Whole time(TextScanner in, Datum.Mapping map)
      throws MalformedHistoryException {
    Datum time = map.get("time");
    if (time == null || time instanceof Datum.Nil) {
      return null;
    }
    if (!(time instanceof Datum.Whole whole) || whole.number() < 0) {
      throw in.expected(time.offset(), "a whole number that is not negative as time");
    }
    return whole;
  }
}
