package dev.nucleusdb.bitcask;

import dev.nucleusdb.bitcask.format.Reference;
import dev.nucleusdb.bitcask.index.Keydir;
import dev.nucleusdb.bitcask.segment.EntryReader;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.core.storage.StorageEngine;
import java.util.function.Predicate;

/// A pass over all keys and values as they were at one moment, in no order. Begun and closed by the
/// writer, run by any one thread.
public final class Fold implements AutoCloseable {
  private final SegmentFolder folder;
  private final Keydir.View view;
  private final Lookup lookup;
  private final EntryReader reader;

  Fold(SegmentFolder folder, Lookup lookup, EntryReader reader) {
    this.folder = folder;
    this.lookup = lookup;
    this.reader = reader;
    this.view = lookup.keydir().view();
    folder.addReader();
  }

  /// Visits what there was, until the visitor has enough.
  ///
  /// @throws dev.nucleusdb.bitcask.format.LargeValueException at a large value
  /// @throws dev.nucleusdb.core.disk.CorruptionException if a record is damaged
  public void run(StorageEngine.Visitor visitor) {
    view.forEach(place -> {
      reader.read(folder.segmentOf(place), place);
      return lookup.isExpired(reader) || visitor.visit(reader.key(), reader.presentValue());
    });
  }

  /// As above, without some keys.
  ///
  /// @param hidden keys that are not visited
  /// @param large is shown keys and sizes of large values
  public void run(Predicate<byte[]> hidden, StorageEngine.Visitor visitor, SizeVisitor large) {
    view.forEach(place -> {
      reader.read(folder.segmentOf(place), place);
      byte[] key = reader.key();
      if (hidden.test(key) || lookup.isExpired(reader)) {
        return true;
      }
      Reference reference = reader.reference();
      return reference == null
          ? visitor.visit(key, reader.presentValue())
          : large.visit(key, reference.sizeBytes());
    });
  }

  /// Is shown keys and sizes of large values.
  @FunctionalInterface
  public interface SizeVisitor {
    /// @return whether to go on
    boolean visit(byte[] key, long sizeBytes);
  }

  @Override
  public void close() {
    view.close();
    folder.removeReader();
  }
}
