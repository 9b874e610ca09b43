package dev.nucleusdb.bitcask.segment;

import static java.util.Objects.requireNonNull;

import dev.nucleusdb.bitcask.format.Checksum;
import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.FrameCheck;
import dev.nucleusdb.bitcask.index.Place;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Reads one record at a time and trusts nothing about it: it must be whole, and written for the
/// place where it stands. What was read stands open until the next read. One thread at a time.
public final class EntryReader {
  private static final int RETAINED_BYTES = 64 * 1024;

  /// What is read of a record too large for its size to stand in the index.
  private static final int HEAD_BYTES = 64;

  private final FrameCheck check;
  private final Checksum checksum = new Checksum();
  private ByteBuffer scratch = room(4096);

  private ByteBuffer record = scratch;
  private String path = "";
  private long offset;
  private int keyAndFlags;
  private int valueBytes;

  /// @param check decides whether what was read is what was written
  public EntryReader(FrameCheck check) {
    this.check = check;
  }

  /// Opens the record at a place.
  ///
  /// @throws CorruptionException if there is none, whole and written for this place
  /// @throws DiskException if the disk cannot read it
  public void read(Segment segment, long place) {
    try {
      readTwice(segment, place);
    } catch (InternalError unreadable) {
      // What the device could not read of a file in the address space shows as this.
      throw new DiskException(
          DiskException.Kind.IO, path, "could not read at offset " + offset, unreadable);
    }
  }

  /// A disk may show wrong bytes once.
  private void readTwice(Segment segment, long place) {
    try {
      readWhole(segment, place);
    } catch (CorruptionException _) {
      readWhole(segment, place);
    }
  }

  private void readWhole(Segment segment, long place) {
    DiskFile file = segment.file();
    offset = Place.offset(place);
    path = file.path();
    int units = Place.sizeUnits(place);
    boolean sized = units < Place.SIZE_UNITS_MAX;
    int sizeBytes = units * Place.UNIT_BYTES;
    record = bytes(file, offset, sized ? sizeBytes : HEAD_BYTES);
    int found = parse(file, offset);
    if (sized && found != sizeBytes) {
      throw new CorruptionException(file.path(), offset, "another record stands here");
    } else if (!sized) {
      record = bytes(file, offset, found);
    }
    record.position(Entry.CHECKED_FROM).limit(found);
    int computed = checksum.of(segment.fileId(), offset, record);
    record.clear();
    if (!check.isIntact(record.getInt(0), computed)) {
      throw new CorruptionException(file.path(), offset, "the checksum of a record is wrong");
    }
  }

  /// Reads the lengths of the open record.
  ///
  /// @return its bytes on disk
  private int parse(DiskFile file, long offset) {
    keyAndFlags = record.getInt(Entry.KEY_BYTES_OFFSET);
    valueBytes = record.getInt(Entry.VALUE_BYTES_OFFSET);
    if (!Entry.isPossible(keyAndFlags, valueBytes)) {
      throw new CorruptionException(file.path(), offset, "the lengths of a record are impossible");
    }
    return Entry.bytes(keyAndFlags, valueBytes);
  }

  private ByteBuffer bytes(DiskFile file, long offset, int sizeBytes) {
    ByteBuffer mapped = file.mapped(offset, sizeBytes);
    if (mapped != null) {
      return mapped.order(ByteOrder.LITTLE_ENDIAN);
    }
    if (scratch.capacity() < sizeBytes) {
      scratch = room(sizeBytes);
    } else if (scratch.capacity() > RETAINED_BYTES && sizeBytes <= RETAINED_BYTES) {
      scratch = room(RETAINED_BYTES);
    }
    int read = file.read(offset, scratch.clear().limit(sizeBytes));
    scratch.clear();
    if (read < sizeBytes) {
      throw new CorruptionException(file.path(), offset, "the file ends within a record");
    }
    return scratch;
  }

  private static ByteBuffer room(int sizeBytes) {
    return ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  // --- the open record ---------------------------------------------------------------------------

  /// Requires that it is a record of that key.
  ///
  /// @throws CorruptionException if it is another's
  public void requireKey(byte[] key) {
    requireKey(key, key.length);
  }

  /// As above, for a key that is the beginning of an array.
  public void requireKey(byte[] key, int keyBytes) {
    boolean same = (keyAndFlags & Entry.KEY_BYTES_MASK) == keyBytes;
    int from = Entry.keyStart(keyAndFlags);
    for (int i = 0; same && i < keyBytes; i++) {
      same = record.get(from + i) == key[i];
    }
    if (!same) {
      throw new CorruptionException(path, offset, "the record of another key stands here");
    }
  }

  /// A copy of its key.
  public byte[] key() {
    return copy(Entry.keyStart(keyAndFlags), keyAndFlags & Entry.KEY_BYTES_MASK);
  }

  /// A copy of its value; null for a tombstone.
  public byte @Nullable [] value() {
    int from = Entry.keyStart(keyAndFlags) + (keyAndFlags & Entry.KEY_BYTES_MASK);
    return valueBytes == Entry.TOMBSTONE ? null : copy(from, valueBytes);
  }

  /// A copy of its value, which is there.
  public byte[] presentValue() {
    return requireNonNull(value());
  }

  private byte[] copy(int from, int length) {
    byte[] copy = new byte[length];
    record.get(from, copy);
    return copy;
  }

  /// The number it was born with.
  public long sequence() {
    return record.getLong(Entry.SEQUENCE_OFFSET);
  }

  /// When it expires, in milliseconds since 1970, or [Entry#NEVER].
  public long expiry() {
    return (keyAndFlags & Entry.EXPIRES) == 0 ? Entry.NEVER : record.getLong(Entry.HEADER_BYTES);
  }

  /// Its bytes on disk.
  public int sizeBytes() {
    return Entry.bytes(keyAndFlags, valueBytes);
  }
}
