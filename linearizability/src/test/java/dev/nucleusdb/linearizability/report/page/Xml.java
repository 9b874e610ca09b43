package dev.nucleusdb.linearizability.report.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the elements of a small XML document, and fails where it is not well formed. The module
/// under test needs no XML, so its tests do without the JDK's.
final class Xml {
  /// One element.
  ///
  /// @param text the text right behind its begin, with entities resolved
  record Element(String name, Map<String, String> attributes, String text) {
    String attribute(String name) {
      return attributes.getOrDefault(name, "");
    }

    double number(String name) {
      return Double.parseDouble(attribute(name));
    }
  }

  private static final String ENTITY = "&(amp|lt|gt|quot|#39);";
  private static final String WORDS = "(?:[^<>&\"]|" + ENTITY + ")*+";
  private static final Pattern PART =
      Pattern.compile(
          "</(?<end>[a-z]+)>(?:[^<>&]|"
              + ENTITY
              + ")*+|<(?<name>[a-z]+)(?<attributes>(?:\\s+[A-Za-z:-]+=\""
              + WORDS
              + "\")*+)\\s*(?<empty>/?)>(?<text>(?:[^<>&]|"
              + ENTITY
              + ")*+)");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("(?<name>[A-Za-z:-]+)=\"(?<value>" + WORDS + ")\"");

  private Xml() {}

  static List<Element> elements(String document) {
    List<Element> elements = new ArrayList<>();
    Deque<String> open = new ArrayDeque<>();
    Matcher part = PART.matcher(document);
    int place = 0;
    while (place < document.length()) {
      if (!part.find() || part.start() != place) {
        throw new AssertionError("not well formed at " + place + ": " + around(document, place));
      }
      if (part.group("end") != null) {
        if (open.isEmpty() || !open.pop().equals(part.group("end"))) {
          throw new AssertionError("closes nothing: " + part.group());
        }
      } else {
        if (part.group("empty").isEmpty()) {
          open.push(part.group("name"));
        }
        elements.add(
            new Element(
                part.group("name"),
                attributes(part.group("attributes")),
                resolved(part.group("text"))));
      }
      place = part.end();
    }
    if (!open.isEmpty()) {
      throw new AssertionError("never closed: " + open);
    }
    return elements;
  }

  private static String around(String document, int place) {
    return document.substring(place, Math.min(document.length(), place + 80));
  }

  private static Map<String, String> attributes(String text) {
    Map<String, String> attributes = new LinkedHashMap<>();
    Matcher attribute = ATTRIBUTE.matcher(text);
    while (attribute.find()) {
      attributes.put(attribute.group("name"), resolved(attribute.group("value")));
    }
    return attributes;
  }

  private static String resolved(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
