package dev.nucleusdb.scenarios.report;

import java.util.List;
import java.util.function.ToLongFunction;

/// Writes JSON that may stand inside of an HTML script element: no `<`, no `>`, no `&`, and no
/// separators of lines that are no line ends in JSON. Whole numbers that JavaScript cannot hold
/// exactly are written as strings.
final class JsonWriter {
  /// The largest whole number that a double holds with all its neighbours.
  private static final long EXACT_MAX = (1L << 53) - 1;

  private final StringBuilder text = new StringBuilder();
  private boolean needsComma;

  JsonWriter beginObject() {
    return open('{');
  }

  JsonWriter endObject() {
    return close('}');
  }

  JsonWriter beginArray() {
    return open('[');
  }

  JsonWriter endArray() {
    return close(']');
  }

  JsonWriter name(String name) {
    value(name);
    text.append(':');
    needsComma = false;
    return this;
  }

  JsonWriter value(String value) {
    separate();
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      escape(value, i);
    }
    text.append('"');
    return this;
  }

  JsonWriter value(long value) {
    if (value > EXACT_MAX || value < -EXACT_MAX) {
      return value(Long.toString(value));
    }
    separate();
    text.append(value);
    return this;
  }

  /// A named array of strings.
  JsonWriter strings(String name, Iterable<String> values) {
    name(name).beginArray();
    values.forEach(this::value);
    return endArray();
  }

  /// A named array with one number per row.
  <T> JsonWriter column(String name, List<T> rows, ToLongFunction<? super T> number) {
    name(name).beginArray();
    for (T row : rows) {
      value(number.applyAsLong(row));
    }
    return endArray();
  }

  /// A named array with the difference between each row's number and that of the row before it.
  <T> JsonWriter differences(String name, List<T> rows, ToLongFunction<? super T> number) {
    name(name).beginArray();
    long last = 0;
    for (T row : rows) {
      long next = number.applyAsLong(row);
      value(next - last);
      last = next;
    }
    return endArray();
  }

  /// What was written.
  @Override
  public String toString() {
    return text.toString();
  }

  private JsonWriter open(char bracket) {
    separate();
    text.append(bracket);
    needsComma = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    text.append(bracket);
    needsComma = true;
    return this;
  }

  private void separate() {
    if (needsComma) {
      text.append(',');
    }
    needsComma = true;
  }

  private void escape(String value, int place) {
    char letter = value.charAt(place);
    if (letter == '"' || letter == '\\') {
      text.append('\\').append(letter);
    } else if (letter < ' '
        || letter == '<'
        || letter == '>'
        || letter == '&'
        || letter == '\u2028'
        || letter == '\u2029'
        || isAlone(value, place)) {
      text.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) letter));
    } else {
      text.append(letter);
    }
  }

  /// Half a character cannot be written as UTF-8.
  private static boolean isAlone(String value, int place) {
    char letter = value.charAt(place);
    if (Character.isHighSurrogate(letter)) {
      return place + 1 == value.length() || !Character.isLowSurrogate(value.charAt(place + 1));
    }
    return Character.isLowSurrogate(letter)
        && (place == 0 || !Character.isHighSurrogate(value.charAt(place - 1)));
  }
}
