package dev.nucleusdb.bitcask;

import dev.nucleusdb.bitcask.format.LargeValueException;
import dev.nucleusdb.bitcask.format.Reference;
import dev.nucleusdb.bitcask.index.OrderedKeydir;
import dev.nucleusdb.bitcask.index.Place;
import dev.nucleusdb.bitcask.segment.EntryReader;
import dev.nucleusdb.bitcask.segment.ReadAhead;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.storage.StorageEngine;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A store as it was after one batch: a view of the index, and the files that it points into. Read
/// by one thread, any, while the writer goes on; closed by the writer.
public final class OrderedSnapshot implements StorageEngine.Snapshot {
  private static final byte[] FIRST = {};

  private final SegmentFolder folder;
  private final OrderedKeydir.OrderedView view;
  private final Lookup lookup;
  private final EntryReader reader;
  private final long appliedIndex;
  private boolean closed;

  OrderedSnapshot(SegmentFolder folder, Lookup lookup, EntryReader reader, long appliedIndex) {
    this.folder = folder;
    this.view = lookup.orderedView(reader);
    this.lookup = lookup;
    this.reader = reader;
    this.appliedIndex = appliedIndex;
    folder.addReader();
  }

  @Override
  public long appliedIndex() {
    return appliedIndex;
  }

  /// How many keys there were.
  public long keyCount() {
    return view.size();
  }

  @Override
  public void scan(byte[] from, byte @Nullable [] to, StorageEngine.Visitor visitor) {
    Iterator at = iterator();
    boolean more = at.seek(from);
    while (more && (to == null || Bytes.ORDER.compare(at.key(), to) < 0)) {
      more = visitor.visit(at.key(), at.value()) && at.next();
    }
  }

  /// As [#scan], from the last key to the first.
  public void scanBackwards(byte[] from, byte @Nullable [] to, StorageEngine.Visitor visitor) {
    Iterator at = iterator();
    boolean more = at.seekBefore(to);
    while (more && Bytes.ORDER.compare(at.key(), from) >= 0) {
      more = visitor.visit(at.key(), at.value()) && at.previous();
    }
  }

  /// Visits the keys alone, in order, without reading a record; keys that have expired but were not
  /// merged away yet are among them.
  public void keys(byte[] from, byte @Nullable [] to, Predicate<byte[]> visitor) {
    OrderedKeydir.Cursor cursor = view.cursor();
    boolean more = cursor.seek(from);
    while (more) {
      byte[] key = cursor.key();
      more = (to == null || Bytes.ORDER.compare(key, to) < 0) && visitor.test(key) && cursor.next();
    }
  }

  /// The value that a key had, or null.
  public byte @Nullable [] get(byte[] key) {
    Iterator at = iterator();
    return at.seek(key) && Arrays.equals(at.key(), key) ? at.value() : null;
  }

  /// Keeps values as they were. Writer.
  ///
  /// @param keys all of them there
  /// @throws dev.nucleusdb.core.disk.CorruptionException if one is not
  public PinnedValues pin(List<byte[]> keys, EntryReader own) {
    OrderedKeydir.Cursor cursor = view.cursor();
    return new PinnedValues(
        folder,
        own,
        Lookup.places(
            folder,
            keys,
            key ->
                cursor.seek(key) && Arrays.equals(cursor.key(), key)
                    ? cursor.place()
                    : Place.NONE));
  }

  /// A place in the order of the keys; at none of them before the first call that moves it.
  public Iterator iterator() {
    return new Iterator(FIRST, FIRST);
  }

  /// As above, for an iterator that passes over a stretch of keys as if they were not there.
  ///
  /// @param gapFrom where the stretch begins
  /// @param gapTo the first key behind it
  public Iterator iterator(byte[] gapFrom, byte[] gapTo) {
    return new Iterator(gapFrom, gapTo);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      view.close();
      folder.removeReader();
    }
  }

  /// Moves over keys and values, forwards and backwards. What has expired is passed over. Every
  /// method that moves returns whether it stands at a key.
  public final class Iterator {
    private final OrderedKeydir.Cursor cursor = view.cursor();
    private final ReadAhead ahead = new ReadAhead(folder, view.cursor());
    private final byte[] gapFrom;
    private final byte[] gapTo;
    private byte[] key = FIRST;
    private byte[] value = FIRST;
    private @Nullable Reference reference;

    private Iterator(byte[] gapFrom, byte[] gapTo) {
      this.gapFrom = gapFrom;
      this.gapTo = gapTo;
    }

    /// To the first key.
    public boolean first() {
      return seek(FIRST);
    }

    /// To the last key.
    public boolean last() {
      return seekBefore(null);
    }

    /// To the first key that is `from` or behind it.
    public boolean seek(byte[] from) {
      ahead.restart();
      return settle(cursor.seek(from), true);
    }

    /// To the last key before `to`; null for the last of all.
    public boolean seekBefore(byte @Nullable [] to) {
      ahead.restart();
      return settle(cursor.seekLast(to), false);
    }

    /// To the next key.
    public boolean next() {
      ahead.moves(key, true);
      return settle(cursor.next(), true);
    }

    /// To the key before.
    public boolean previous() {
      ahead.moves(key, false);
      return settle(cursor.previous(), false);
    }

    /// The key that it stands at.
    public byte[] key() {
      return key;
    }

    /// The value of the key that it stands at.
    ///
    /// @throws LargeValueException if it is large
    public byte[] value() {
      Reference large = reference;
      if (large != null) {
        throw new LargeValueException(large.sizeBytes());
      }
      return value;
    }

    /// Where the value stands, if it is large; otherwise null.
    public @Nullable Reference reference() {
      return reference;
    }

    private boolean isInGap() {
      return gapTo.length > 0
          && Bytes.ORDER.compare(key, gapFrom) >= 0
          && Bytes.ORDER.compare(key, gapTo) < 0;
    }

    private boolean settle(boolean atKey, boolean forwards) {
      boolean found = atKey;
      while (found) {
        key = cursor.key();
        if (isInGap()) {
          ahead.restart();
          found = forwards ? cursor.seek(gapTo) : cursor.seekLast(gapFrom);
          continue;
        }
        reader.read(folder.segmentOf(cursor.place()), cursor.place());
        reader.requireKey(key);
        if (!lookup.isExpired(reader)) {
          reference = reader.reference();
          value = reference == null ? reader.presentValue() : FIRST;
          return true;
        }
        found = forwards ? cursor.next() : cursor.previous();
      }
      return false;
    }
  }
}
