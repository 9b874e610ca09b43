package dev.nucleusdb.linearizability.reader;

import dev.nucleusdb.linearizability.history.History;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads histories from files and texts.
public final class HistoryReader {
  private HistoryReader() {}

  /// Reads a file.
  ///
  /// @throws MalformedHistoryException if the file is too large or cannot be understood
  /// @throws IOException if the file cannot be read
  public static History read(Path file, ReadOptions options)
      throws IOException, MalformedHistoryException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes((int) options.maxSizeBytes() + 1);
    }
    if (bytes.length > options.maxSizeBytes()) {
      throw new MalformedHistoryException(
          file.toString(),
          1,
          1,
          "expected at most "
              + options.maxSizeBytes()
              + " bytes; raise the bound or split the file");
    }
    return read(file.toString(), bytes, options);
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
    HistoryFormat format = options.format() == HistoryFormat.AUTO ? detect(in) : options.format();
    return format == HistoryFormat.JSON_LINES ? readJsonLines(in, options) : readEdn(in, options);
  }

  /// JSON lines start with a brace and a quote, everything else that can be a history is EDN.
  private static HistoryFormat detect(TextScanner in) throws MalformedHistoryException {
    EdnParser blanks = new EdnParser(in);
    blanks.skipBlank();
    char first = in.peek();
    if (in.atEnd() || "{[(#".indexOf(first) < 0) {
      throw in.expected("a history as EDN or JSON lines, but found " + in.found());
    }
    HistoryFormat format = HistoryFormat.EDN;
    if (first == '{') {
      in.skip();
      blanks.skipBlank();
      format = in.peek() == '"' ? HistoryFormat.JSON_LINES : HistoryFormat.EDN;
    }
    in.moveTo(0);
    return format;
  }

  /// The order of the lines is the order in which Jepsen saw the events, and the only one that
  /// Knossos looks at; the times are kept for people.
  private static History readEdn(TextScanner in, ReadOptions options)
      throws MalformedHistoryException {
    EventAssembler assembler =
        new EventAssembler(
            in,
            options,
            options.nilMeaning().orElse(NilMeaning.UNKNOWN),
            options.failMeaning().orElse(FailMeaning.DROPPED),
            false);
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
      assembler.add(parser.form(1));
      parser.skipBlank();
    }
    if (enclosed) {
      in.skip();
      parser.skipBlank();
      if (!in.atEnd()) {
        throw in.expected("nothing after the history, but found " + in.found());
      }
    }
    return assembler.assemble();
  }

  private static History readJsonLines(TextScanner in, ReadOptions options)
      throws MalformedHistoryException {
    EventAssembler assembler =
        new EventAssembler(
            in,
            options,
            options.nilMeaning().orElse(NilMeaning.ABSENT),
            options.failMeaning().orElse(FailMeaning.DROPPED),
            true);
    JsonParser parser = new JsonParser(in);
    while (!in.atEnd()) {
      parser.skipBlank();
      if (in.peek() != '\n' && !in.atEnd()) {
        assembler.add(parser.value(1));
        parser.skipBlank();
      }
      if (!in.atEnd() && in.peek() != '\n') {
        throw in.expected("the end of the line, but found " + in.found());
      }
      in.skip();
    }
    return assembler.assemble();
  }
}
