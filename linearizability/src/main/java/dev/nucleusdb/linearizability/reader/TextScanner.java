package dev.nucleusdb.linearizability.reader;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A text with a place in it, which knows how to complain about a place.
final class TextScanner {
  /// What [#peek] gives at the end.
  static final char END = '\0';

  private final String source;
  private final String text;
  private final int firstLine;
  private int offset;

  /// `countedLine` is the line of the place `countedTo`.
  private int countedTo;

  private int countedLine;

  TextScanner(String source, String text) {
    this(source, text, 1);
  }

  /// @param firstLine the number of the text's first line
  TextScanner(String source, String text, int firstLine) {
    this.source = source;
    this.text = text;
    this.firstLine = firstLine;
    this.countedLine = firstLine;
  }

  /// Decodes UTF-8.
  ///
  /// @throws MalformedHistoryException at the first bytes that are not UTF-8
  static TextScanner decode(String source, byte[] bytes) throws MalformedHistoryException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    TextScanner scanner = new TextScanner(source, out.flip().toString());
    if (result.isError()) {
      int found = Byte.toUnsignedInt(bytes[in.position()]);
      throw scanner.expected(
          scanner.text.length(),
          String.format(Locale.ROOT, "UTF-8 text, but found the byte 0x%02X", found));
    }
    return scanner;
  }

  int offset() {
    return offset;
  }

  void moveTo(int newOffset) {
    offset = newOffset;
  }

  boolean atEnd() {
    return offset >= text.length();
  }

  /// The next character, or [#END].
  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    return offset + ahead < text.length() ? text.charAt(offset + ahead) : END;
  }

  void skip() {
    offset++;
  }

  /// Whether the text goes on with a word from here.
  boolean startsWith(String word) {
    return text.startsWith(word, offset);
  }

  /// The character at a place of the text.
  char at(int place) {
    return text.charAt(place);
  }

  /// Whether a word stands anywhere in the text.
  boolean holds(String word) {
    return text.contains(word);
  }

  /// Where a word first stands from one place to another, or -1.
  int find(String word, int from, int to) {
    return text.indexOf(word, from, to);
  }

  void skipLine() {
    while (!atEnd() && peek() != '\n') {
      skip();
    }
  }

  String textSince(int start) {
    return text.substring(start, offset);
  }

  /// Four hexadecimal digits, as after `\\u`.
  char hexCharacter() throws MalformedHistoryException {
    int code = 0;
    for (int place = 0; place < 4; place++) {
      int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        throw expected("a hexadecimal digit, but found " + found());
      }
      code = 16 * code + digit;
      skip();
    }
    return (char) code;
  }

  /// What stands here, in words.
  String found() {
    if (atEnd()) {
      return "the end of the file";
    }
    char next = peek();
    if (next == '\n' || next == '\r') {
      return "the end of the line";
    }
    return next < ' ' || next == 127
        ? String.format(Locale.ROOT, "the character 0x%02X", (int) next)
        : "'" + next + "'";
  }

  /// The line of a place, counted from 1. Cheap when asked in order.
  int lineOf(int place) {
    if (place < countedTo) {
      countedTo = 0;
      countedLine = firstLine;
    }
    while (countedTo < place) {
      if (text.charAt(countedTo++) == '\n') {
        countedLine++;
      }
    }
    return countedLine;
  }

  MalformedHistoryException expected(String what) {
    return expected(offset, what);
  }

  MalformedHistoryException expected(int place, String what) {
    return malformed(place, "expected " + what);
  }

  MalformedHistoryException malformed(int place, String problem) {
    int column = place - text.lastIndexOf('\n', place - 1);
    return new MalformedHistoryException(source, lineOf(place), column, problem);
  }
}
