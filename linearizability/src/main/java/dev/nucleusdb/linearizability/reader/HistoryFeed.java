package dev.nucleusdb.linearizability.reader;

import dev.nucleusdb.linearizability.history.HistorySink;
import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads a history line by line while it is written: JSON lines, or one EDN map a line. Each event
/// is told to a sink before the next line is read.
///
/// If the first event has a time, all must, and time must not go back; otherwise the order of the
/// lines counts.
public final class HistoryFeed {
  /// The longest line that is read, in characters.
  public static final int MAX_LINE = 1 << 20;

  private final String source;
  private final ReadOptions options;
  private final HistorySink sink;
  private int line;
  private int eventCount;
  private boolean timed;

  /// @param source a name for where the lines come from, for errors
  /// @param options how nil and failure are read; the format and the size do not matter
  /// @param sink is told of the events; an [IllegalArgumentException] of its is reported with the
  ///   place of the event
  public HistoryFeed(String source, ReadOptions options, HistorySink sink) {
    this.source = source;
    this.options = options;
    this.sink = sink;
  }

  /// How many events have been told.
  public int eventCount() {
    return eventCount;
  }

  /// Reads all lines until the end of the input.
  ///
  /// @throws MalformedHistoryException if a line is too long or cannot be understood
  /// @throws IOException if the input cannot be read
  public void readAll(BufferedReader in) throws IOException, MalformedHistoryException {
    StringBuilder text = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        take(text.toString());
        text.setLength(0);
      } else if (text.length() == MAX_LINE) {
        throw new MalformedHistoryException(
            source, line + 1, MAX_LINE, "expected lines of at most " + MAX_LINE + " characters");
      } else {
        text.append((char) next);
      }
    }
    take(text.toString());
  }

  /// Reads one line. Empty ones are skipped.
  ///
  /// @throws MalformedHistoryException if the line cannot be understood
  public void take(String text) throws MalformedHistoryException {
    TextScanner in = new TextScanner(source, text, ++line);
    EdnParser edn = new EdnParser(in);
    edn.skipBlank();
    if (in.atEnd()) {
      return;
    }
    int start = in.offset();
    in.skip();
    edn.skipBlank();
    boolean keyword = in.peek() == ':';
    in.moveTo(start);
    Datum datum = keyword ? edn.form(1) : new JsonParser(in, false).value(1);
    edn.skipBlank();
    if (!in.atEnd()) {
      throw in.expected("the end of the line, but found " + in.found());
    }
    @Nullable Event event = Event.read(in, datum);
    if (event != null) {
      tell(in, event, keyword);
    }
  }

  private void tell(TextScanner in, Event event, boolean edn) throws MalformedHistoryException {
    Datum.Whole written = event.time();
    if (eventCount == 0) {
      timed = !edn && written != null;
    }
    if (!edn && timed != (written != null)) {
      throw in.expected(event.offset(), "a time in every event or in none");
    }
    long time = timed && written != null ? written.number() : eventCount;
    NilMeaning nil = options.nilMeaning().orElse(edn ? NilMeaning.UNKNOWN : NilMeaning.ABSENT);
    FailMeaning fail = options.failMeaning().orElse(FailMeaning.DROPPED);
    try {
      new EventTeller(sink, nil, fail).tell(in, event, time);
    } catch (IllegalArgumentException refused) {
      throw in.expected(event.offset(), withoutExpected(String.valueOf(refused.getMessage())));
    }
    eventCount++;
  }

  private static String withoutExpected(String message) {
    return message.startsWith("expected ") ? message.substring("expected ".length()) : message;
  }
}
