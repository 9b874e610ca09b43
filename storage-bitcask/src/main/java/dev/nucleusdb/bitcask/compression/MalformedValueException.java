package dev.nucleusdb.bitcask.compression;

/// Compressed bytes that are none, or other than they announce.
public final class MalformedValueException extends Exception {
  private static final long serialVersionUID = 1;

  /// @param detail what is wrong, in words
  public MalformedValueException(String detail) {
    super(detail);
  }
}
