package dev.nucleusdb.cli.shell;

/// The exit codes of every verb.
public final class ExitCode {
  /// All good.
  public static final int OK = 0;

  /// A violation was found and printed with its replay line.
  public static final int VIOLATION = 1;

  /// Bad usage, or input that cannot be read: one line says what and where.
  public static final int USAGE = 2;

  /// Not decided within the limits given.
  public static final int UNDECIDED = 3;

  private ExitCode() {}
}
