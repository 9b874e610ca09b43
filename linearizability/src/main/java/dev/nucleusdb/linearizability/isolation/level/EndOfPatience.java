package dev.nucleusdb.linearizability.isolation.level;

/// A judge gave up because of a limit. It is no error: whoever settles levels catches it and leaves
/// them open. Unchecked, because it comes from deep inside of loops.
public final class EndOfPatience extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String cause;

  /// @param cause which limit was reached and how far the judge came, in words
  EndOfPatience(String cause) {
    super(cause, null, false, false);
    this.cause = cause;
  }

  /// What the levels stay open for.
  public Standing.Unknown standing() {
    return new Standing.Unknown(cause);
  }
}
