package dev.nucleusdb.sim.fiber.connection;

import java.io.IOException;

/// A stream does not work any more, or never came to be. What was written may have been read by the
/// other side or not.
public final class StreamException extends IOException {
  private static final long serialVersionUID = 1;

  /// What happened.
  public enum Kind {
    /// Nobody listens there.
    REFUSED,
    /// The other side broke the stream off, or has forgotten it in a crash.
    RESET,
    /// The other side is silent.
    SILENT,
    /// This side has closed what it now wants to use.
    CLOSED
  }

  private final Kind kind;

  StreamException(Kind kind, String detail) {
    super(detail);
    this.kind = kind;
  }

  /// What happened.
  public Kind kind() {
    return kind;
  }
}
