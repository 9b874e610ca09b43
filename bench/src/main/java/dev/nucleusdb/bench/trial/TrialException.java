package dev.nucleusdb.bench.trial;

/// A system could not be measured; the message is one line that says why.
public final class TrialException extends Exception {
  private static final long serialVersionUID = 1;

  /// @param line why
  public TrialException(String line) {
    super(line);
  }
}
