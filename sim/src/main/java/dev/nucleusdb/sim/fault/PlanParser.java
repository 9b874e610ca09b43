package dev.nucleusdb.sim.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the text form of a [Plan]. Blank lines and lines that begin with `#` are passed over.
final class PlanParser {
  private final String[] lines;
  private final Map<String, String> header = new LinkedHashMap<>();
  private final List<PlanEntry> entries = new ArrayList<>();
  private final Set<String> names = new LinkedHashSet<>();
  private int lineNumber;

  PlanParser(String text) {
    this.lines = text.split("\n", -1);
  }

  Plan parse() {
    for (String line : lines) {
      lineNumber++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      int slash = line.indexOf('/');
      if (equals > 0 && (slash < 0 || equals < slash)) {
        header.put(line.substring(0, equals), line.substring(equals + 1));
      } else {
        entries.add(entry(line));
      }
    }
    return new Plan(header, entries);
  }

  private PlanEntry entry(String line) {
    int nameEnd = line.indexOf(' ') < 0 ? line.length() : line.indexOf(' ');
    String name = line.substring(0, nameEnd);
    int first = name.indexOf('/');
    int last = name.lastIndexOf('/');
    if (first < 0) {
      throw error(1, "\"" + name + "\" is no name such as crash/n3/2");
    }
    if (!names.add(name)) {
      throw error(1, "a second entry is called " + name);
    }
    FaultFamily family = family(name.substring(0, first));
    long number = number(name.substring(last + 1), last + 2);
    String target = first == last ? "" : name.substring(first + 1, last);
    Map<String, String> values = parameters(line, nameEnd, family);
    try {
      return new PlanEntry(
          family,
          target,
          number,
          Seconds.parse(values.getOrDefault("at", "0s")),
          Seconds.parse(values.getOrDefault(family.durationKey(), "0s")),
          Seconds.parse(values.getOrDefault(family.amountKey(), "0s")),
          values.getOrDefault(family.detailKey(), ""));
    } catch (IllegalArgumentException e) {
      throw error(1, String.valueOf(e.getMessage()));
    }
  }

  private FaultFamily family(String label) {
    try {
      FaultFamily family = FaultFamily.named(label);
      if (family.trigger() == FaultFamily.Trigger.NEVER) {
        throw error(1, "\"" + label + "\" has no entries");
      }
      return family;
    } catch (PlanSyntaxException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw error(1, String.valueOf(e.getMessage()));
    }
  }

  private long number(String text, int column) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw error(column, "\"" + text + "\" is no number");
    }
  }

  private Map<String, String> parameters(String line, int from, FaultFamily family) {
    Map<String, String> values = new LinkedHashMap<>();
    int begin = from;
    while (begin < line.length()) {
      begin++;
      int end = line.indexOf(' ', begin) < 0 ? line.length() : line.indexOf(' ', begin);
      String word = line.substring(begin, end);
      int equals = word.indexOf('=');
      String key = equals < 0 ? word : word.substring(0, equals);
      if (equals < 0 || !isKeyOf(family, key)) {
        throw error(begin + 1, "\"" + word + "\" does not belong to a " + family.label());
      }
      String value = word.substring(equals + 1);
      if (!key.equals(family.detailKey())) {
        checkTime(value, begin + equals + 2);
      }
      if (values.put(key, value) != null) {
        throw error(begin + 1, key + " is given twice");
      }
      begin = end;
    }
    return values;
  }

  private void checkTime(String value, int column) {
    try {
      Seconds.parse(value);
    } catch (IllegalArgumentException e) {
      throw error(column, String.valueOf(e.getMessage()));
    }
  }

  private static boolean isKeyOf(FaultFamily family, String key) {
    return !key.isEmpty()
        && ((family.hasMoment() && key.equals("at"))
            || key.equals(family.durationKey())
            || key.equals(family.amountKey())
            || key.equals(family.detailKey()));
  }

  private PlanSyntaxException error(int column, String detail) {
    return new PlanSyntaxException(lineNumber, column, detail);
  }
}
