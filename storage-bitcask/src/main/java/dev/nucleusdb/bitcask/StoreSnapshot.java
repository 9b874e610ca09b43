package dev.nucleusdb.bitcask;

import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.index.OrderedKeydir;
import dev.nucleusdb.bitcask.segment.EntryReader;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.storage.StorageEngine;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A store as it was after one batch: a view of the index, and the files that it points into.
final class StoreSnapshot implements StorageEngine.Snapshot {
  private final SegmentFolder folder;
  private final OrderedKeydir.OrderedView view;
  private final EntryReader reader;
  private final LongSupplier nowMillis;
  private final long appliedIndex;
  private boolean closed;

  StoreSnapshot(
      SegmentFolder folder,
      OrderedKeydir keydir,
      EntryReader reader,
      LongSupplier nowMillis,
      long appliedIndex) {
    this.folder = folder;
    this.view = keydir.view();
    this.reader = reader;
    this.nowMillis = nowMillis;
    this.appliedIndex = appliedIndex;
    folder.addReader();
  }

  @Override
  public long appliedIndex() {
    return appliedIndex;
  }

  @Override
  public void scan(byte[] from, byte @Nullable [] to, StorageEngine.Visitor visitor) {
    OrderedKeydir.Cursor cursor = view.cursor();
    boolean more = cursor.seek(from);
    while (more) {
      byte[] key = cursor.key();
      if (to != null && Bytes.ORDER.compare(key, to) >= 0) {
        return;
      }
      reader.read(folder.segmentOf(cursor.place()), cursor.place());
      reader.requireKey(key);
      boolean expired = reader.expiry() != Entry.NEVER && reader.expiry() <= nowMillis.getAsLong();
      if (!expired && !visitor.visit(key, reader.presentValue())) {
        return;
      }
      more = cursor.next();
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      view.close();
      folder.removeReader();
    }
  }
}
