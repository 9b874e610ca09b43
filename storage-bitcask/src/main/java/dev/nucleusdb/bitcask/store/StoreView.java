package dev.nucleusdb.bitcask.store;

import dev.nucleusdb.bitcask.OrderedSnapshot;
import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.storage.StorageEngine.Visitor;
import org.jspecify.annotations.Nullable;

/// The store as it was when the view was taken, whatever is written meanwhile. Several may be open
/// at once; each costs what has changed since, and keeps the files that it needs. One thread at a
/// time.
public final class StoreView implements AutoCloseable {
  private final BitcaskStore store;
  private final OrderedSnapshot snapshot;

  StoreView(BitcaskStore store, OrderedSnapshot snapshot) {
    this.store = store;
    this.snapshot = snapshot;
  }

  /// Visits the keys from `from` (included) to `to` (excluded; null means to the end) in order,
  /// until the visitor has enough.
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
    store.requireOpen();
    snapshot.scan(from, to, visitor);
  }

  /// As [#scan], from the last key to the first.
  public void scanBackwards(byte[] from, byte @Nullable [] to, Visitor visitor) {
    store.requireOpen();
    snapshot.scanBackwards(from, to, visitor);
  }

  /// As [#scan], for the keys that begin with `prefix`.
  public void prefix(byte[] prefix, Visitor visitor) {
    scan(prefix, Bytes.prefixEnd(prefix), visitor);
  }

  /// The value that a key had, or null.
  public byte @Nullable [] get(byte[] key) {
    store.requireOpen();
    return snapshot.get(key);
  }

  /// A place in the order of the keys, to be moved forwards and backwards.
  public OrderedSnapshot.Iterator iterator() {
    store.requireOpen();
    return snapshot.iterator();
  }

  /// Visits the keys alone, in order, without reading a value: fast. Keys that have expired but
  /// were not merged away yet are among them.
  public void keys(
      byte[] from, byte @Nullable [] to, java.util.function.Predicate<byte[]> visitor) {
    store.requireOpen();
    snapshot.keys(from, to, visitor);
  }

  /// How many keys there were.
  public long keyCount() {
    return snapshot.keyCount();
  }

  @Override
  public void close() {
    store.locked(() -> {
      snapshot.close();
      return true;
    });
  }
}
