package dev.nucleusdb.netty;

/// The network cannot be set up. The message is one line that names the address and what to do.
public final class NetworkException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NetworkException(String line, Throwable cause) {
    super(line, cause);
  }
}
