package dev.nucleusdb.bench.store;

import org.jspecify.annotations.Nullable;

/// A store that is open. Any thread may read and write.
public interface OpenStore extends AutoCloseable {

  /// The value of a key in an array of its own, or null.
  ///
  /// @throws Exception if it cannot be read
  byte @Nullable [] get(byte[] key) throws Exception;

  /// Sets a key.
  ///
  /// @throws Exception if it was not written
  void put(byte[] key, byte[] value) throws Exception;

  /// Whether keys have an order, so that there are scans.
  default boolean isOrdered() {
    return true;
  }

  /// Visits all keys in order and makes an array of each.
  ///
  /// @return how many there were
  /// @throws Exception if they cannot be read
  long scanKeys() throws Exception;

  /// Visits all keys and values in order and makes arrays of both.
  ///
  /// @return how many there were
  /// @throws Exception if they cannot be read
  long scan() throws Exception;

  /// Returns when there is nothing left to merge or compact.
  ///
  /// @throws Exception if that failed
  void settle() throws Exception;

  /// What the index takes in memory, bytes; negative if the store does not tell.
  ///
  /// @throws Exception if it cannot be asked
  default long indexBytes() throws Exception {
    return -1;
  }

  /// In good order.
  @Override
  void close();
}
