package dev.nucleusdb.database.api;

import static dev.nucleusdb.core.assertion.Assertions.require;

import org.jspecify.annotations.Nullable;

/// What can be asked of the store. Constructors check the limits ([Limits]) and throw
/// [IllegalArgumentException] with one line that says which was passed.
public sealed interface Operation {

  /// Whether it changes nothing.
  default boolean isRead() {
    return this instanceof Get || this instanceof Scan;
  }

  /// The value of a key.
  ///
  /// @param key 1 byte to 64 KiB
  record Get(byte[] key) implements Operation {
    public Get {
      Limits.requireKey(key);
    }
  }

  /// Sets a key.
  ///
  /// @param key 1 byte to 64 KiB
  /// @param value up to 16 MiB
  record Put(byte[] key, byte[] value) implements Operation {
    public Put {
      Limits.requireKey(key);
      Limits.requireValue(value);
    }
  }

  /// Removes a key.
  ///
  /// @param key 1 byte to 64 KiB
  record Delete(byte[] key) implements Operation {
    public Delete {
      Limits.requireKey(key);
    }
  }

  /// Sets a key if it has the expected value.
  ///
  /// @param key 1 byte to 64 KiB
  /// @param expected the value it must have; null: it must not be there
  /// @param value up to 16 MiB
  record CompareAndSet(byte[] key, byte @Nullable [] expected, byte[] value) implements Operation {
    public CompareAndSet {
      Limits.requireKey(key);
      Limits.requireValue(value);
      if (expected != null) {
        Limits.requireValue(expected);
      }
    }

    /// Sets a key if it has the expected value.
    public static CompareAndSet ifEquals(byte[] key, byte[] expected, byte[] value) {
      return new CompareAndSet(key, expected, value);
    }

    /// Sets a key if it is not there.
    public static CompareAndSet ifAbsent(byte[] key, byte[] value) {
      return new CompareAndSet(key, null, value);
    }
  }

  /// The keys that begin with a prefix, in order, with their values.
  ///
  /// @param prefix up to 64 KiB; empty means all keys
  /// @param limit at most so many, 1 to 10,000
  record Scan(byte[] prefix, int limit) implements Operation {
    public Scan {
      require(
          prefix.length <= Limits.KEY_BYTES_MAX,
          "the prefix has %d bytes, the limit is %d",
          prefix.length,
          Limits.KEY_BYTES_MAX);
      require(
          limit > 0 && limit <= Limits.SCAN_COUNT_MAX,
          "a scan returns 1 to %d pairs, not %d",
          Limits.SCAN_COUNT_MAX,
          limit);
    }
  }
}
