package dev.nucleusdb.linearizability.report;

import java.util.regex.Pattern;

/// What stands in a drawing or a sentence for an action or a state: one line, not too long.
final class Label {
  private static final int MAX_LENGTH = 60;
  private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cntrl}");

  private Label() {}

  /// Long texts keep their beginning and their end, because appended values differ there.
  static String of(Object thing) {
    String text = CONTROL_CHARACTERS.matcher(thing.toString()).replaceAll("·");
    int half = MAX_LENGTH / 2;
    return text.length() <= MAX_LENGTH
        ? text
        : text.substring(0, half) + "…" + text.substring(text.length() - half);
  }
}
