package dev.nucleusdb.linearizability.reader;

import dev.nucleusdb.linearizability.history.History;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Reads histories from files and texts.
public final class HistoryReader {
  private HistoryReader() {}

  /// Reads a file.
  ///
  /// @throws MalformedHistoryException if the file is too large or cannot be understood
  /// @throws IOException if the file cannot be read
  public static History read(Path file, ReadOptions options)
      throws IOException, MalformedHistoryException {
    return read(file.toString(), bytes(file, options), options);
  }

  /// The bytes of a file, if they are not too many.
  static byte[] bytes(Path file, ReadOptions options)
      throws IOException, MalformedHistoryException {
    try (InputStream in = Files.newInputStream(file)) {
      return bytes(in, file.toString(), options);
    }
  }

  /// Reads a stream to its end.
  ///
  /// @param source a name for where the bytes come from, for errors
  /// @throws MalformedHistoryException if there are too many bytes or they cannot be understood
  /// @throws IOException if the stream cannot be read
  public static History read(InputStream in, String source, ReadOptions options)
      throws IOException, MalformedHistoryException {
    return read(source, bytes(in, source, options), options);
  }

  /// The bytes of a stream, if they are not too many.
  static byte[] bytes(InputStream in, String source, ReadOptions options)
      throws IOException, MalformedHistoryException {
    byte[] bytes = in.readNBytes((int) options.maxSizeBytes() + 1);
    if (bytes.length > options.maxSizeBytes()) {
      throw new MalformedHistoryException(
          source,
          1,
          1,
          "expected at most "
              + options.maxSizeBytes()
              + " bytes; raise the bound or split the file");
    }
    return bytes;
  }

  /// Reads a text.
  ///
  /// @param source a name for where the text came from, for errors
  /// @throws MalformedHistoryException if the text cannot be understood
  public static History read(String source, String text, ReadOptions options)
      throws MalformedHistoryException {
    return read(source, text.getBytes(StandardCharsets.UTF_8), options);
  }

  /// Reads bytes.
  ///
  /// @param source a name for where the bytes came from, for errors
  /// @throws MalformedHistoryException if the bytes cannot be understood
  public static History read(String source, byte[] bytes, ReadOptions options)
      throws MalformedHistoryException {
    TextScanner in = TextScanner.decode(source, bytes);
    HistoryFormat format = formatOf(in, options);
    EventAssembler assembler = assembler(in, format, options);
    feed(in, format, assembler::add);
    return assembler.assemble();
  }

  /// Takes the events of a history one by one.
  interface EventSink {
    void add(Datum event) throws MalformedHistoryException;
  }

  /// How a text is written.
  static HistoryFormat formatOf(TextScanner in, ReadOptions options)
      throws MalformedHistoryException {
    return options.format() == HistoryFormat.AUTO ? detect(in) : options.format();
  }

  /// Hands over all events of a text.
  static void feed(TextScanner in, HistoryFormat format, EventSink sink)
      throws MalformedHistoryException {
    switch (format) {
      case JSON_LINES -> feedJsonLines(in, sink);
      case JSON -> feedJson(in, sink);
      case JEPSEN_LOG -> new JepsenLog(in).readInto(sink);
      case EDN, AUTO -> feedEdn(in, sink);
    }
  }

  /// An assembler with the readings of a format.
  ///
  /// In EDN the order of the lines is the order in which Jepsen saw the events, and the only one
  /// that Knossos looks at; the times are kept for people. A `cas` of the old console logs fails
  /// only where it saw another value, and nil is what an absent key reads as.
  private static EventAssembler assembler(
      TextScanner in, HistoryFormat format, ReadOptions options) {
    boolean edn = format == HistoryFormat.EDN || format == HistoryFormat.AUTO;
    boolean log = format == HistoryFormat.JEPSEN_LOG;
    return new EventAssembler(
        in,
        options,
        options.nilMeaning().orElse(edn ? NilMeaning.UNKNOWN : NilMeaning.ABSENT),
        options.failMeaning().orElse(log ? FailMeaning.OBSERVED : FailMeaning.DROPPED),
        !edn && !log);
  }

  /// JSON lines start with a brace and a quote, a console log with a word; everything else that can
  /// be a history is EDN.
  private static HistoryFormat detect(TextScanner in) throws MalformedHistoryException {
    EdnParser blanks = new EdnParser(in);
    blanks.skipBlank();
    char first = in.peek();
    if (in.atEnd() || "{[(#".indexOf(first) < 0) {
      if (JepsenLog.looksLike(in)) {
        in.moveTo(0);
        return HistoryFormat.JEPSEN_LOG;
      }
      throw in.expected(
          "a history as EDN, JSON lines or a console log of Jepsen, but found " + in.found());
    }
    HistoryFormat format = json(in, blanks, first);
    in.moveTo(0);
    return format;
  }

  /// Which of the formats that begin with a bracket it is: JSON has quotes where EDN has keywords.
  /// An object that goes on after its first line is a document, for a line of JSON lines ends
  /// there.
  private static HistoryFormat json(TextScanner in, EdnParser blanks, char first)
      throws MalformedHistoryException {
    in.skip();
    blanks.skipBlank();
    if (first == '[') {
      boolean object = in.peek() == '{';
      in.skip();
      blanks.skipBlank();
      return object && in.peek() == '"' ? HistoryFormat.JSON : HistoryFormat.EDN;
    }
    if (first != '{' || in.peek() != '"') {
      return HistoryFormat.EDN;
    }
    return in.startsWith("\"history\"") ? HistoryFormat.JSON : HistoryFormat.JSON_LINES;
  }

  private static void feedEdn(TextScanner in, EventSink sink) throws MalformedHistoryException {
    EdnParser parser = new EdnParser(in);
    parser.skipBlank();
    char opened = in.peek();
    boolean enclosed = opened == '[' || opened == '(';
    if (enclosed) {
      in.skip();
      parser.skipBlank();
    }
    char close = opened == '[' ? ']' : ')';
    while (!(enclosed ? in.peek() == close : in.atEnd())) {
      if (in.atEnd()) {
        throw in.expected("'" + close + "', but found " + in.found());
      }
      sink.add(parser.form(1));
      parser.skipBlank();
    }
    if (enclosed) {
      in.skip();
      parser.skipBlank();
      if (!in.atEnd()) {
        throw in.expected("nothing after the history, but found " + in.found());
      }
    }
  }

  private static void feedJson(TextScanner in, EventSink sink) throws MalformedHistoryException {
    JsonParser parser = new JsonParser(in, true);
    parser.skipBlank();
    Datum document = parser.value(1);
    parser.skipBlank();
    if (!in.atEnd()) {
      throw in.expected("nothing after the history, but found " + in.found());
    }
    Datum events =
        document instanceof Datum.Mapping map && map.get("history") != null
            ? map.get("history")
            : document;
    if (!(events instanceof Datum.Sequence(_, List<Datum> elements))) {
      throw in.expected(document.offset(), "an array of events, or an object with it as 'history'");
    }
    for (Datum event : elements) {
      sink.add(event);
    }
  }

  private static void feedJsonLines(TextScanner in, EventSink sink)
      throws MalformedHistoryException {
    JsonParser parser = new JsonParser(in, false);
    while (!in.atEnd()) {
      parser.skipBlank();
      if (in.peek() != '\n' && !in.atEnd()) {
        sink.add(parser.value(1));
        parser.skipBlank();
      }
      if (!in.atEnd() && in.peek() != '\n') {
        throw in.expected("the end of the line, but found " + in.found());
      }
      in.skip();
    }
  }
}
