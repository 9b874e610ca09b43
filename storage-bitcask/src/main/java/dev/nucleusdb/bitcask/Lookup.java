package dev.nucleusdb.bitcask;

import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.Reference;
import dev.nucleusdb.bitcask.index.Keydir;
import dev.nucleusdb.bitcask.index.OrderedKeydir;
import dev.nucleusdb.bitcask.index.OrderedTree;
import dev.nucleusdb.bitcask.index.Place;
import dev.nucleusdb.bitcask.segment.EntryReader;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.core.assertion.InvariantViolation;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Reads a key without a lock, on any thread: what the index says, then what stands there. If a
/// merge has moved the record between the two, the index says another place by now and the read is
/// done again; if it says the same, what was found is the truth about the disk.
final class Lookup {
  private final SegmentFolder folder;
  private final LongSupplier nowMillis;
  private volatile Keydir keydir;

  Lookup(SegmentFolder folder, Keydir keydir, LongSupplier nowMillis) {
    this.folder = folder;
    this.keydir = keydir;
    this.nowMillis = nowMillis;
  }

  /// The index in force.
  Keydir keydir() {
    return keydir;
  }

  /// Another content has taken the place of all that was there.
  void replace(Keydir next) {
    keydir = next;
  }

  /// Opens the record of a key in `reader`.
  ///
  /// @param reader of the calling thread alone
  /// @return false if there is none, or it has expired
  boolean open(byte[] key, EntryReader reader) {
    while (true) {
      Keydir current = keydir;
      long place = current.get(key);
      if (place == Place.NONE) {
        return false;
      }
      Segment segment = folder.segmentOrNull(place);
      RuntimeException failure = read(segment, place, key, reader);
      if (failure == null) {
        return !isExpired(reader);
      }
      if (isUnchanged(current, key, place, segment)) {
        throw failure;
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same index and the same open file are meant
  private boolean isUnchanged(Keydir current, byte[] key, long place, @Nullable Segment segment) {
    return keydir == current && current.get(key) == place && folder.segmentOrNull(place) == segment;
  }

  private static @Nullable RuntimeException read(
      @Nullable Segment segment, long place, byte[] key, EntryReader reader) {
    if (segment == null) {
      return new InvariantViolation("the index points into a file that is not open");
    }
    try {
      reader.read(segment, place);
      reader.requireKey(key);
      return null;
    } catch (CorruptionException | DiskException | IllegalStateException failure) {
      return failure;
    }
  }

  /// The index as it is now, in order. An index without order is gathered and sorted: that reads
  /// every record and holds all keys until the view is closed.
  ///
  /// @param reader of the calling thread alone
  OrderedKeydir.OrderedView orderedView(EntryReader reader) {
    return keydir instanceof OrderedKeydir ordered ? ordered.view() : gathered(reader);
  }

  private OrderedKeydir.OrderedView gathered(EntryReader reader) {
    OrderedTree tree = new OrderedTree();
    try (Keydir.View all = keydir.view()) {
      all.forEach(place -> {
        reader.read(folder.segmentOf(place), place);
        tree.put(reader.key(), place);
        return true;
      });
    }
    return tree.view();
  }

  /// Whether a record of this size may say where a large value stands.
  static boolean mayBeReference(long place, byte[] key, boolean encrypted) {
    int flags = key.length | Entry.REFERENCE | (encrypted ? Entry.ENCRYPTED : 0);
    long size = Place.sizeBytes(place);
    return size == Entry.bytes(flags, Reference.BYTES)
        || size == Entry.bytes(flags | Entry.EXPIRES, Reference.BYTES);
  }

  /// Where keys stand.
  ///
  /// @param index says it of one
  /// @throws CorruptionException if one of them is not there
  static long[] places(SegmentFolder folder, List<byte[]> keys, ToLongFunction<byte[]> index) {
    long[] places = new long[keys.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = index.applyAsLong(keys.get(i));
      if (places[i] == Place.NONE) {
        throw new CorruptionException(
            folder.directory(), 0, "part " + i + " of a large value is not there");
      }
    }
    return places;
  }

  /// Whether the record that is open in `reader` has expired.
  boolean isExpired(EntryReader reader) {
    long expiry = reader.expiry();
    return expiry != Entry.NEVER && expiry <= nowMillis.getAsLong();
  }
}
