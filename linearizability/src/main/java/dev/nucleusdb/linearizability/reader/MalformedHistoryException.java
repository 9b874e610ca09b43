package dev.nucleusdb.linearizability.reader;

/// A history file that cannot be understood. Its message is one line for a person:
/// `file:line:column: what`.
public final class MalformedHistoryException extends Exception {
  private static final long serialVersionUID = 1;

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
    super(source + ":" + line + ":" + column + ": " + problem);
    this.source = source;
    this.line = line;
    this.column = column;
    this.problem = problem;
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
