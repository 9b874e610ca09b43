package dev.nucleusdb.linearizability.reader;

import java.util.ArrayList;
import java.util.List;

/// Parses JSON (RFC 8259). Where a value has to stand on one line, a line end inside it is an
/// error, so that a truncated line is reported where it is and does not swallow the next one.
final class JsonParser {
  /// How deep values may be nested. Histories need about 3; the bound keeps hostile input off the
  /// thread's stack.
  static final int MAX_DEPTH = 64;

  private final TextScanner in;
  private final boolean acrossLines;

  /// @param acrossLines whether a value may go on on the next line
  JsonParser(TextScanner in, boolean acrossLines) {
    this.in = in;
    this.acrossLines = acrossLines;
  }

  /// Skips blanks, and ends of lines where they mean nothing.
  void skipBlank() {
    while (in.peek() == ' '
        || in.peek() == '\t'
        || in.peek() == '\r'
        || (acrossLines && in.peek() == '\n')) {
      in.skip();
    }
  }

  /// The next value; the caller has skipped blanks.
  Datum value(int depth) throws MalformedHistoryException {
    if (depth > MAX_DEPTH) {
      throw in.expected("at most " + MAX_DEPTH + " levels of nesting");
    }
    int start = in.offset();
    return switch (in.peek()) {
      case '{' -> object(start, depth);
      case '[' -> array(start, depth);
      case '"' -> string();
      default -> atom(start);
    };
  }

  private Datum object(int start, int depth) throws MalformedHistoryException {
    List<Datum.Entry> entries = new ArrayList<>();
    in.skip();
    skipBlank();
    while (in.peek() != '}') {
      if (in.peek() != '"') {
        throw in.expected("a key in quotes or '}', but found " + in.found());
      }
      Datum.Text key = string();
      skipBlank();
      take(':');
      skipBlank();
      entries.add(new Datum.Entry(key, value(depth + 1)));
      takeCommaUnless('}');
    }
    in.skip();
    return new Datum.Mapping(start, entries);
  }

  private Datum array(int start, int depth) throws MalformedHistoryException {
    List<Datum> elements = new ArrayList<>();
    in.skip();
    skipBlank();
    while (in.peek() != ']') {
      elements.add(value(depth + 1));
      takeCommaUnless(']');
    }
    in.skip();
    return new Datum.Sequence(start, elements);
  }

  private void takeCommaUnless(char close) throws MalformedHistoryException {
    skipBlank();
    if (in.peek() == close) {
      return;
    }
    if (in.peek() != ',') {
      throw in.expected("',' or '" + close + "', but found " + in.found());
    }
    in.skip();
    skipBlank();
    if (in.peek() == close) {
      throw in.expected("a value after ',', but found " + in.found());
    }
  }

  private void take(char wanted) throws MalformedHistoryException {
    if (in.peek() != wanted) {
      throw in.expected("'" + wanted + "', but found " + in.found());
    }
    in.skip();
  }

  private Datum.Text string() throws MalformedHistoryException {
    int start = in.offset();
    in.skip();
    StringBuilder text = new StringBuilder();
    while (in.peek() != '"') {
      char next = in.peek();
      if (in.atEnd() || next == '\n') {
        throw in.expected(start, "a string that ends on its line, but found no closing '\"'");
      }
      if (next < ' ') {
        throw in.expected("control characters to be escaped, but found " + in.found());
      }
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

  private Datum atom(int start) throws MalformedHistoryException {
    while (!in.atEnd() && ",:]}[{\" \t\r\n".indexOf(in.peek()) < 0) {
      in.skip();
    }
    String token = in.textSince(start);
    if (token.isEmpty()) {
      throw in.expected("a value, but found " + in.found());
    }
    return switch (token) {
      case "null" -> new Datum.Nil(start);
      case "true" -> new Datum.Truth(start, true);
      case "false" -> new Datum.Truth(start, false);
      case String _ when Numbers.startsNumber(token) -> Numbers.parse(in, start, token);
      case String _ -> {
        in.moveTo(start);
        throw in.expected("a value, but found " + in.found());
      }
    };
  }
}
