package dev.nucleusdb.netty;

/// What came over a connection is not what [Frame] allows. The connection is closed.
final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1;

  /// @param detail what was wrong, in words that follow on "closed a connection: "
  ProtocolException(String detail) {
    super(detail, null, false, false);
  }

  static ProtocolException notOurs() {
    return new ProtocolException("it does not speak the protocol of NucleusDB's nodes");
  }
}
