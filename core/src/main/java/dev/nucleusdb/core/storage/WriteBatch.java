package dev.nucleusdb.core.storage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts and deletes that are written together or not at all. Later entries win over earlier ones of
/// the same key. An empty batch is allowed: it moves the applied index.
public final class WriteBatch {
  /// The expiry of what never expires.
  public static final long NEVER = Long.MAX_VALUE;

  private final List<Entry> entries = new ArrayList<>();

  /// Sets a key.
  public WriteBatch put(byte[] key, byte[] value) {
    return put(key, value, NEVER);
  }

  /// Sets a key for a time.
  ///
  /// @param expiry when it expires, in milliseconds since 1970, or [#NEVER]; counts only in an
  ///   engine that was given a clock
  public WriteBatch put(byte[] key, byte[] value, long expiry) {
    entries.add(new Entry(key, value, expiry));
    return this;
  }

  /// Removes a key, whether it is there or not.
  public WriteBatch delete(byte[] key) {
    entries.add(new Entry(key, null, NEVER));
    return this;
  }

  /// The entries in the order in which they were added.
  public List<Entry> entries() {
    return entries;
  }

  /// A put, or a delete.
  ///
  /// @param key the key
  /// @param value the value, or null for a delete
  /// @param expiry when it expires, in milliseconds since 1970, or [#NEVER]
  public record Entry(byte[] key, byte @Nullable [] value, long expiry) {}
}
