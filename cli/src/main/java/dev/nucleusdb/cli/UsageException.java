package dev.nucleusdb.cli;

/// What a person asked for cannot be done as asked; the message is one line that says why, and what
/// to do.
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
