package dev.nucleusdb.linearizability.reader;

import java.util.ArrayList;
import java.util.List;

/// Parses EDN, as much of it as histories use.
///
/// ```
///   form    = map | vector | list | set | string | character | number | keyword | symbol | tagged
///   tagged  = "#" symbol form            the tag is ignored, so records and unknown tags are read as their form
///   blank   = white space | "," | ";" to the end of the line | "#_" form
/// ```
final class EdnParser {
  /// How deep forms may be nested. Histories need about 5; the bound keeps hostile input off the
  /// thread's stack.
  static final int MAX_DEPTH = 64;

  private static final String DELIMITERS = "()[]{}\";,";

  private final TextScanner in;

  EdnParser(TextScanner in) {
    this.in = in;
  }

  /// Skips what means nothing.
  void skipBlank() throws MalformedHistoryException {
    skipBlank(1);
  }

  private void skipBlank(int depth) throws MalformedHistoryException {
    while (true) {
      char next = in.peek();
      if (next == ';') {
        in.skipLine();
      } else if (next == '#' && in.peek(1) == '_') {
        requireDepth(depth);
        in.skip();
        in.skip();
        skipBlank(depth + 1);
        form(depth + 1);
      } else if (!in.atEnd() && (next == ',' || Character.isWhitespace(next))) {
        in.skip();
      } else {
        return;
      }
    }
  }

  /// The next form; the caller has skipped what is blank.
  Datum form(int depth) throws MalformedHistoryException {
    requireDepth(depth);
    int start = in.offset();
    return switch (in.peek()) {
      case '{' -> mapping(start, depth);
      case '[' -> new Datum.Sequence(start, elements(']', depth));
      case '(' -> new Datum.Sequence(start, elements(')', depth));
      case '"' -> string(start);
      case '\\' -> character(start);
      case ':' -> keyword(start);
      case '#' -> tagged(start, depth);
      default -> atom(start);
    };
  }

  private void requireDepth(int depth) throws MalformedHistoryException {
    if (depth > MAX_DEPTH) {
      throw in.expected("at most " + MAX_DEPTH + " levels of nesting");
    }
  }

  private Datum tagged(int start, int depth) throws MalformedHistoryException {
    in.skip();
    if (in.peek() == '{') {
      return new Datum.Sequence(start, elements('}', depth));
    }
    if (token().isEmpty()) {
      throw in.expected("a tag after '#', but found " + in.found());
    }
    skipBlank(depth);
    return form(depth + 1);
  }

  private List<Datum> elements(char close, int depth) throws MalformedHistoryException {
    in.skip();
    List<Datum> elements = new ArrayList<>();
    skipBlank(depth);
    while (in.peek() != close) {
      if (in.atEnd()) {
        throw in.expected("'" + close + "', but found " + in.found());
      }
      elements.add(form(depth + 1));
      skipBlank(depth);
    }
    in.skip();
    return elements;
  }

  private Datum mapping(int start, int depth) throws MalformedHistoryException {
    List<Datum> forms = elements('}', depth);
    if (forms.size() % 2 != 0) {
      throw in.expected(forms.getLast().offset(), "a value for the last key of the map");
    }
    List<Datum.Entry> entries = new ArrayList<>();
    for (int place = 0; place < forms.size(); place += 2) {
      entries.add(new Datum.Entry(forms.get(place), forms.get(place + 1)));
    }
    return new Datum.Mapping(start, entries);
  }

  private Datum string(int start) throws MalformedHistoryException {
    in.skip();
    StringBuilder text = new StringBuilder();
    while (in.peek() != '"') {
      if (in.atEnd()) {
        throw in.expected(start, "a string that ends, but found no closing '\"'");
      }
      char next = in.peek();
      in.skip();
      text.append(next == '\\' ? escaped() : next);
    }
    in.skip();
    return new Datum.Text(start, text.toString());
  }

  private char escaped() throws MalformedHistoryException {
    char next = in.peek();
    char meant =
        switch (next) {
          case 'n' -> '\n';
          case 't' -> '\t';
          case 'r' -> '\r';
          case 'b' -> '\b';
          case 'f' -> '\f';
          case '"', '\\', '/', 'u' -> next;
          default -> throw in.expected("an escape, but found " + in.found());
        };
    in.skip();
    return next == 'u' ? in.hexCharacter() : meant;
  }

  private Datum character(int start) throws MalformedHistoryException {
    in.skip();
    if (in.atEnd()) {
      throw in.expected("a character after '\\', but found " + in.found());
    }
    int first = in.offset();
    in.skip();
    token();
    return new Datum.Text(start, in.textSince(first));
  }

  private Datum keyword(int start) throws MalformedHistoryException {
    in.skip();
    String name = token();
    if (name.isEmpty()) {
      throw in.expected("a keyword after ':', but found " + in.found());
    }
    return new Datum.Word(start, name);
  }

  private Datum atom(int start) throws MalformedHistoryException {
    String token = token();
    if (token.isEmpty()) {
      throw in.expected("a form, but found " + in.found());
    }
    return switch (token) {
      case "nil" -> new Datum.Nil(start);
      case "true" -> new Datum.Truth(start, true);
      case "false" -> new Datum.Truth(start, false);
      case String _ ->
          Numbers.startsNumber(token) ? Numbers.parse(in, start, token) : symbol(start, token);
    };
  }

  private Datum symbol(int start, String token) throws MalformedHistoryException {
    char first = token.charAt(0);
    if (first < ' ' || first == 127) {
      in.moveTo(start);
      throw in.expected("a form, but found " + in.found());
    }
    return new Datum.Word(start, token);
  }

  private String token() {
    int start = in.offset();
    while (!in.atEnd() && DELIMITERS.indexOf(in.peek()) < 0 && !Character.isWhitespace(in.peek())) {
      in.skip();
    }
    return in.textSince(start);
  }
}
