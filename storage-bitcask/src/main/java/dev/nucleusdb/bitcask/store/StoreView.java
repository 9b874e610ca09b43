package dev.nucleusdb.bitcask.store;

import dev.nucleusdb.bitcask.OrderedSnapshot;
import dev.nucleusdb.bitcask.large.UserView;
import dev.nucleusdb.bitcask.large.UserView.LargeVisitor;
import dev.nucleusdb.bitcask.large.ValueStream;
import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.storage.StorageEngine.Visitor;
import org.jspecify.annotations.Nullable;

/// The store as it was when the view was taken, whatever is written meanwhile. Several may be open
/// at once; each costs what has changed since, and keeps the files that it needs. One thread at a
/// time.
public final class StoreView implements AutoCloseable {
  private final BitcaskStore store;
  private final OrderedSnapshot snapshot;
  private final UserView users;

  StoreView(BitcaskStore store, OrderedSnapshot snapshot) {
    this.store = store;
    this.snapshot = snapshot;
    this.users = new UserView(snapshot);
  }

  /// Visits the keys from `from` (included) to `to` (excluded; null means to the end) in order,
  /// until the visitor has enough.
  ///
  /// @throws dev.nucleusdb.bitcask.format.LargeValueException at a value that was written as a
  ///   stream
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
    scan(from, to, visitor, LargeVisitor.REFUSE);
  }

  /// As above, where values may be large.
  ///
  /// @param large is shown their keys; [#stream] reads them
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor, LargeVisitor large) {
    store.requireOpen();
    users.scan(from, to, visitor, large);
  }

  /// As [#scan], from the last key to the first.
  public void scanBackwards(byte[] from, byte @Nullable [] to, Visitor visitor) {
    scanBackwards(from, to, visitor, LargeVisitor.REFUSE);
  }

  /// As above, where values may be large.
  ///
  /// @param large is shown their keys; [#stream] reads them
  public void scanBackwards(
      byte[] from, byte @Nullable [] to, Visitor visitor, LargeVisitor large) {
    store.requireOpen();
    users.scanBackwards(from, to, visitor, large);
  }

  /// As [#scan], for the keys that begin with `prefix`.
  public void prefix(byte[] prefix, Visitor visitor) {
    scan(prefix, Bytes.prefixEnd(prefix), visitor);
  }

  /// The value that a key had, or null.
  ///
  /// @throws dev.nucleusdb.bitcask.format.LargeValueException if it was written as a stream
  public byte @Nullable [] get(byte[] key) {
    store.requireOpen();
    return users.get(key);
  }

  /// The value that a key had, as a stream, to be closed; null if there was none. Good also after
  /// the view is closed.
  public @Nullable ValueStream stream(byte[] key) {
    return store.locked(() -> {
      store.requireOpen();
      return users.stream(key, store.engine().newReader(), store::release);
    });
  }

  /// A place in the order of the keys, to be moved forwards and backwards.
  public UserView.Iterator iterator() {
    store.requireOpen();
    return users.iterator();
  }

  /// Visits the keys alone, in order, without reading a value: fast. Keys that have expired but
  /// were not merged away yet are among them.
  public void keys(
      byte[] from, byte @Nullable [] to, java.util.function.Predicate<byte[]> visitor) {
    store.requireOpen();
    users.keys(from, to, visitor);
  }

  /// How many keys there were; the parts of large values are counted.
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
