package dev.nucleusdb.core.assertion;

/// A fact that the code relies on does not hold: a bug of ours. The node stops.
public final class InvariantViolation extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param message the fact that was broken, in one line
  public InvariantViolation(String message) {
    super(message);
  }
}
