package dev.nucleusdb.scenarios.report;

/// Tells whether a text is JSON. Knows whole numbers only.
///
/// ```
///   value = object | array | string | number
/// ```
final class JsonScanner {
  private final String text;
  private int place;

  private JsonScanner(String text) {
    this.text = text;
  }

  /// What is wrong first; empty if nothing is.
  static String firstError(String text) {
    JsonScanner scanner = new JsonScanner(text);
    try {
      scanner.value();
      return scanner.place == text.length() ? "" : "more text at " + scanner.place;
    } catch (IllegalStateException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void value() {
    switch (peek()) {
      case '{' -> items('}', true);
      case '[' -> items(']', false);
      case '"' -> string();
      case '-' -> {
        place++;
        digits();
      }
      default -> digits();
    }
  }

  private void items(char end, boolean named) {
    place++;
    if (peek() == end) {
      place++;
      return;
    }
    while (true) {
      if (named) {
        string();
        expect(':');
      }
      value();
      if (peek() == end) {
        place++;
        return;
      }
      expect(',');
    }
  }

  private void string() {
    expect('"');
    while (peek() != '"') {
      if (peek() < ' ') {
        throw new IllegalStateException("control character at " + place);
      }
      if (peek() == '\\') {
        place++;
        if (peek() == 'u') {
          Integer.parseInt(text, place + 1, place + 5, 16);
          place += 4;
        } else if ("\"\\".indexOf(peek()) < 0) {
          throw new IllegalStateException("unknown escape at " + place);
        }
      }
      place++;
    }
    place++;
  }

  private void digits() {
    int begin = place;
    while (place < text.length() && Character.isDigit(text.charAt(place))) {
      place++;
    }
    if (place == begin) {
      throw new IllegalStateException("no value at " + place);
    }
  }

  private char peek() {
    if (place >= text.length()) {
      throw new IllegalStateException("the text ends too early");
    }
    return text.charAt(place);
  }

  private void expect(char letter) {
    if (peek() != letter) {
      throw new IllegalStateException("no " + letter + " at " + place);
    }
    place++;
  }
}
