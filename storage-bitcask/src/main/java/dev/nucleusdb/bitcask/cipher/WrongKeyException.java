package dev.nucleusdb.bitcask.cipher;

/// A store was opened with another key than its own, without the one it needs, or with one although
/// it has none. Nothing was read with it and nothing is damaged.
public final class WrongKeyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param store which one
  /// @param detail what is wrong, and what to do
  public WrongKeyException(String store, String detail) {
    super(store + ": " + detail);
  }
}
