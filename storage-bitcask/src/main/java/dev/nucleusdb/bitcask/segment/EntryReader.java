package dev.nucleusdb.bitcask.segment;

import static java.util.Objects.requireNonNull;

import dev.nucleusdb.bitcask.cipher.Aead;
import dev.nucleusdb.bitcask.compression.Compression;
import dev.nucleusdb.bitcask.format.Checksum;
import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.FrameCheck;
import dev.nucleusdb.bitcask.format.LargeValueException;
import dev.nucleusdb.bitcask.format.Reference;
import dev.nucleusdb.bitcask.index.Place;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads one record at a time and trusts nothing about it: it must be whole, and written for the
/// place where it stands. What was read stands open until the next read. One thread at a time.
public final class EntryReader {
  /// What is kept of the buffer once a record was no larger.
  private static final int RETAINED_BYTES = 64 * 1024;

  /// What is read of a record too large for its size to stand in the index.
  private static final int HEAD_BYTES = 64;

  /// A record's checksum is read, and then gives room to the end of its place.
  private static final int RECORD_AT = Checksum.PLACE_BYTES - Entry.CHECKED_FROM;

  private final FrameCheck check;
  private final Compression compression;
  private final Checksum checksum = new Checksum();
  private final Aead aead = new Aead();

  /// The record, from [#RECORD_AT].
  private byte[] bytes = new byte[4096];

  private ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  private String path = "";
  private long offset;
  private int keyAndFlags;
  private int valueBytes;

  /// @param check decides whether what was read is what was written
  /// @param compression reads values that were written shorter
  public EntryReader(FrameCheck check, Compression compression) {
    this.check = check;
    this.compression = compression;
  }

  /// A reader of what stands beside values, and of values that were written as they are.
  public EntryReader(FrameCheck check) {
    this(check, Compression.OFF);
  }

  /// Opens the record at a place.
  ///
  /// @throws CorruptionException if there is none, whole and written for this place
  /// @throws dev.nucleusdb.core.disk.DiskException if the disk cannot read it
  public void read(Segment segment, long place) {
    try {
      readWhole(segment, place);
    } catch (CorruptionException _) {
      // A disk may show wrong bytes once.
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
    if (bytes.length > RETAINED_BYTES && sizeBytes <= RETAINED_BYTES - RECORD_AT) {
      room(RETAINED_BYTES);
    }
    fetch(file, sized ? sizeBytes : HEAD_BYTES);
    int found = parse();
    if (sized && found != sizeBytes) {
      throw new CorruptionException(path, offset, "another record stands here");
    } else if (!sized) {
      fetch(file, found);
    }
    int stored = record.getInt(RECORD_AT);
    int computed = checksum.ofPlaced(segment.fileId(), offset, bytes, found - Entry.CHECKED_FROM);
    if (!check.isIntact(stored, computed)) {
      throw new CorruptionException(path, offset, "the checksum of a record is wrong");
    }
    if ((keyAndFlags & Entry.ENCRYPTED) != 0 || segment.cipher() != null) {
      Entry.decrypt(path, segment.cipher(), aead, offset, bytes, RECORD_AT);
    }
  }

  /// Reads the lengths of the open record.
  ///
  /// @return its bytes on disk
  private int parse() {
    keyAndFlags = record.getInt(RECORD_AT + Entry.KEY_BYTES_OFFSET);
    valueBytes = record.getInt(RECORD_AT + Entry.VALUE_BYTES_OFFSET);
    if (!Entry.isPossible(keyAndFlags, valueBytes)) {
      throw new CorruptionException(path, offset, "the lengths of a record are impossible");
    }
    return Entry.bytes(keyAndFlags, valueBytes);
  }

  /// Copies bytes to where a record is worked on: so that the rest of it follows on its place, over
  /// which the checksum goes, too.
  private void fetch(DiskFile file, int sizeBytes) {
    int needed = RECORD_AT + sizeBytes;
    if (bytes.length < needed) {
      room(needed);
    }
    int read = file.read(offset, record.limit(needed).position(RECORD_AT));
    record.clear();
    if (read < sizeBytes) {
      throw new CorruptionException(path, offset, "the file ends within a record");
    }
  }

  private void room(int sizeBytes) {
    bytes = new byte[sizeBytes];
    record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
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
    int from = RECORD_AT + Entry.keyStart(keyAndFlags);
    if (!same || !Arrays.equals(bytes, from, from + keyBytes, key, 0, keyBytes)) {
      throw new CorruptionException(path, offset, "the record of another key stands here");
    }
  }

  /// A copy of its key.
  public byte[] key() {
    return copy(Entry.keyStart(keyAndFlags), keyAndFlags & Entry.KEY_BYTES_MASK);
  }

  /// Where its value stands, if that is large; otherwise null.
  ///
  /// @throws CorruptionException if it says so and is no reference
  public @Nullable Reference reference() {
    if ((keyAndFlags & Entry.REFERENCE) == 0) {
      return null;
    }
    int from = Entry.keyStart(keyAndFlags) + (keyAndFlags & Entry.KEY_BYTES_MASK);
    Reference reference = Reference.read(bytes, RECORD_AT + from, valueBytes);
    if (reference == null) {
      throw new CorruptionException(path, offset, "a large value's record says not where it is");
    }
    return reference;
  }

  /// A copy of its value; null for a tombstone.
  ///
  /// @throws LargeValueException if it is large
  public byte @Nullable [] value() {
    if (valueBytes == Entry.TOMBSTONE) {
      return null;
    }
    int from = Entry.keyStart(keyAndFlags) + (keyAndFlags & Entry.KEY_BYTES_MASK);
    Reference reference = reference();
    if (reference != null) {
      throw new LargeValueException(reference.sizeBytes());
    }
    return (keyAndFlags & Entry.COMPRESSED) == 0
        ? copy(from, valueBytes)
        : Entry.decompress(path, offset, compression, bytes, RECORD_AT + from, valueBytes);
  }

  /// A copy of its value, which is there.
  ///
  /// @throws LargeValueException if it is large
  public byte[] presentValue() {
    return requireNonNull(value());
  }

  private byte[] copy(int from, int length) {
    return Arrays.copyOfRange(bytes, RECORD_AT + from, RECORD_AT + from + length);
  }

  /// The number it was born with.
  public long sequence() {
    return record.getLong(RECORD_AT + Entry.SEQUENCE_OFFSET);
  }

  /// When it expires, in milliseconds since 1970, or [Entry#NEVER].
  public long expiry() {
    return (keyAndFlags & Entry.EXPIRES) == 0
        ? Entry.NEVER
        : record.getLong(RECORD_AT + Entry.HEADER_BYTES);
  }

  /// Its bytes on disk.
  public int sizeBytes() {
    return Entry.bytes(keyAndFlags, valueBytes);
  }
}
