package dev.nucleusdb.bitcask;

import dev.nucleusdb.bitcask.keydir.Keydir;
import dev.nucleusdb.bitcask.keydir.KeydirView;
import dev.nucleusdb.bitcask.keydir.Place;
import dev.nucleusdb.bitcask.segment.EntryReader;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.core.storage.StorageEngine;
import org.jspecify.annotations.Nullable;

/// A store as it was after one batch: a view of the index, and the files that it points into.
final class StoreSnapshot implements StorageEngine.Snapshot {
  private final SegmentFolder folder;
  private final Keydir keydir;
  private final KeydirView view;
  private final EntryReader reader;
  private final long appliedIndex;
  private boolean closed;

  StoreSnapshot(SegmentFolder folder, Keydir keydir, EntryReader reader, long appliedIndex) {
    this.folder = folder;
    this.keydir = keydir;
    this.view = keydir.view();
    this.reader = reader;
    this.appliedIndex = appliedIndex;
    folder.addReader();
  }

  @Override
  public long appliedIndex() {
    return appliedIndex;
  }

  @Override
  public void scan(byte[] from, byte @Nullable [] to, StorageEngine.Visitor visitor) {
    view.scan(from, to, (key, place) -> visitor.visit(key.clone(), read(key, place)));
  }

  private byte[] read(byte[] key, Place place) {
    return reader.value(
        folder.segment(place.fileId()), place.offset(), key, place.valueBytes(), place.sequence());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      keydir.close(view);
      folder.removeReader();
    }
  }
}
