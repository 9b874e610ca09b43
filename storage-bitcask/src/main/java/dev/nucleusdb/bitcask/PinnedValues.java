package dev.nucleusdb.bitcask;

import dev.nucleusdb.bitcask.segment.EntryReader;
import dev.nucleusdb.bitcask.segment.SegmentFolder;

/// Values that stay readable where they stand, whatever is written, merged or deleted meanwhile.
/// Made and closed by the writer; read by one thread, any.
public final class PinnedValues implements AutoCloseable {
  private final SegmentFolder folder;
  private final EntryReader reader;
  private final long[] places;
  private boolean closed;

  PinnedValues(SegmentFolder folder, EntryReader reader, long[] places) {
    this.folder = folder;
    this.reader = reader;
    this.places = places;
    folder.addReader();
  }

  /// How many.
  public int count() {
    return places.length;
  }

  /// A value.
  ///
  /// @param index which of them
  /// @param key that it was pinned for
  /// @throws dev.nucleusdb.core.disk.CorruptionException if its record is damaged
  public byte[] value(int index, byte[] key) {
    reader.read(folder.segmentOf(places[index]), places[index]);
    reader.requireKey(key);
    return reader.presentValue();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      folder.removeReader();
    }
  }
}
