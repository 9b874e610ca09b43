package dev.nucleusdb.linearizability.reader;

import java.util.ArrayList;
import java.util.List;

/// Reads the events out of a console log of Jepsen: lines in which the logger `jepsen.util` says
/// what a process did.
///
/// ```
///   line   = … "jepsen.util" (" - " | ": ") process blank type blank function blank value …
///   blank  = tabs and spaces
///   value  = an EDN form
/// ```
///
/// Whatever else a log says is skipped, for logs are written for people.
final class JepsenLog {
  private static final String LOGGER = "jepsen.util";

  private final TextScanner in;
  private final EdnParser parser;

  JepsenLog(TextScanner in) {
    this.in = in;
    this.parser = new EdnParser(in);
  }

  /// Whether a text may be such a log.
  static boolean looksLike(TextScanner in) {
    return in.holds(LOGGER);
  }

  void readInto(HistoryReader.EventSink sink) throws MalformedHistoryException {
    while (!in.atEnd()) {
      int start = in.offset();
      in.skipLine();
      int end = in.offset();
      int event = eventStart(start, end);
      if (event >= 0) {
        in.moveTo(event);
        sink.add(event(end));
        in.moveTo(end);
      }
      in.skip();
    }
  }

  /// Where the event of a line begins, or -1 if the line tells of none.
  private int eventStart(int start, int end) {
    int logger = in.find(LOGGER, start, end);
    if (logger < 0) {
      return -1;
    }
    int place = logger + LOGGER.length();
    while (place < end && " \t:-".indexOf(in.at(place)) >= 0) {
      place++;
    }
    boolean named = place > start && in.at(place - 1) == ':';
    boolean numbered = place < end && Character.isDigit(in.at(place));
    return named ? place - 1 : numbered ? place : -1;
  }

  private Datum.Mapping event(int end) throws MalformedHistoryException {
    int start = in.offset();
    List<Datum.Entry> entries = new ArrayList<>();
    for (String name : new String[] {"process", "type", "f", "value"}) {
      while (in.offset() < end && (in.peek() == ' ' || in.peek() == '\t')) {
        in.skip();
      }
      if (in.offset() >= end) {
        throw in.expected("the " + name + " of an event, but found the end of the line");
      }
      entries.add(new Datum.Entry(new Datum.Word(in.offset(), name), parser.form(1)));
      if (in.offset() > end) {
        throw in.expected(end, "an event on one line");
      }
    }
    return new Datum.Mapping(start, entries);
  }
}
