package dev.nucleusdb.core.storage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts and deletes that are written together or not at all. Later entries win over earlier ones of
/// the same key. An empty batch is allowed: it moves the applied index.
public final class WriteBatch {
  private final List<Entry> entries = new ArrayList<>();

  /// Sets a key.
  public WriteBatch put(byte[] key, byte[] value) {
    entries.add(new Entry(key, value));
    return this;
  }

  /// Removes a key, whether it is there or not.
  public WriteBatch delete(byte[] key) {
    entries.add(new Entry(key, null));
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
  public record Entry(byte[] key, byte @Nullable [] value) {}
}
