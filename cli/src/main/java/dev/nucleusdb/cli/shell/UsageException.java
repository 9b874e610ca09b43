package dev.nucleusdb.cli.shell;

/// What a person asked for cannot be done as asked; the message is one line that says why, and what
/// to do.
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param message one line for a person
  public UsageException(String message) {
    super(message);
  }
}
