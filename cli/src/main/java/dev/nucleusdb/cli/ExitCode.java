package dev.nucleusdb.cli;

/// The exit codes of every verb.
final class ExitCode {
  /// All good.
  static final int OK = 0;

  /// A violation was found and printed with its replay line.
  static final int VIOLATION = 1;

  /// Bad usage, or input that cannot be read: one line says what and where.
  static final int USAGE = 2;

  /// Not decided within the limits given.
  static final int UNDECIDED = 3;

  private ExitCode() {}
}
