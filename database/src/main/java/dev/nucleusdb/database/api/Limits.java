package dev.nucleusdb.database.api;

import static dev.nucleusdb.core.assertion.Assertions.require;

/// The sizes that the database takes.
public final class Limits {
  /// The largest key, in bytes.
  public static final int KEY_BYTES_MAX = 64 << 10;

  /// The largest value, in bytes.
  public static final int VALUE_BYTES_MAX = 16 << 20;

  /// The most pairs that one scan returns.
  public static final int SCAN_COUNT_MAX = 10_000;

  /// The most bytes of keys and values that one scan returns, beyond its first pair.
  public static final int SCAN_BYTES_MAX = 1 << 20;

  private Limits() {}

  static void requireKey(byte[] key) {
    require(key.length > 0, "the key is empty");
    require(
        key.length <= KEY_BYTES_MAX,
        "the key has %d bytes, the limit is %d",
        key.length,
        KEY_BYTES_MAX);
  }

  static void requireValue(byte[] value) {
    require(
        value.length <= VALUE_BYTES_MAX,
        "the value has %d bytes, the limit is %d",
        value.length,
        VALUE_BYTES_MAX);
  }
}
