package dev.nucleusdb.linearizability.reader;

import java.util.regex.Pattern;

/// A history file that cannot be understood. Its message is one line for a person:
/// `file:line:column: what`.
public final class MalformedHistoryException extends Exception {
  private static final long serialVersionUID = 1;

  private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cntrl}+");

  private final String source;
  private final int line;
  private final int column;
  private final String problem;

  /// Names the place.
  ///
  /// @param source the file, or another name for where the text came from
  /// @param line counted from 1
  /// @param column counted from 1, in characters
  /// @param problem what was expected and what was found
  public MalformedHistoryException(String source, int line, int column, String problem) {
    String oneLine = CONTROL_CHARACTERS.matcher(problem).replaceAll(" ");
    super(source + ":" + line + ":" + column + ": " + oneLine);
    this.source = source;
    this.line = line;
    this.column = column;
    this.problem = oneLine;
  }

  /// The file, or another name for where the text came from.
  public String source() {
    return source;
  }

  /// The line, counted from 1.
  public int line() {
    return line;
  }

  /// The column, counted from 1, in characters.
  public int column() {
    return column;
  }

  /// What was expected and what was found.
  public String problem() {
    return problem;
  }
}
