package dev.nucleusdb.bitcask;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.FrameHeader;
import dev.nucleusdb.bitcask.format.FrameKind;
import dev.nucleusdb.bitcask.format.FrameWriter;
import dev.nucleusdb.bitcask.format.StoredEntry;
import dev.nucleusdb.bitcask.format.StoredValue;
import dev.nucleusdb.bitcask.index.Place;
import dev.nucleusdb.bitcask.segment.EntryReader;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.core.storage.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes batches: a frame each at the end of the log, then what the index says of their keys. Of a
/// batch that is refused nothing is written.
final class BatchWriter {
  private final SegmentFolder folder;
  private final Lookup lookup;
  private final ActiveLog log;
  private final SpaceBound space;
  private final EntryReader reader;
  private final BitcaskOptions options;
  private final boolean encrypted;
  private final FrameWriter frame = new FrameWriter();

  /// @param reader tells how large a record was that is overwritten
  BatchWriter(
      SegmentFolder folder,
      Lookup lookup,
      ActiveLog log,
      SpaceBound space,
      EntryReader reader,
      BitcaskOptions options) {
    this.folder = folder;
    this.lookup = lookup;
    this.log = log;
    this.space = space;
    this.reader = reader;
    this.options = options;
    this.encrypted = folder.isEncrypted();
  }

  /// Writes a batch.
  ///
  /// @throws IllegalArgumentException if it, a key, or a value is too long
  void write(WriteBatch batch, long logIndex) {
    if (batch.entries().size() == 1) {
      WriteBatch.Entry only = batch.entries().getFirst();
      put(only.key(), only.value(), only.expiry(), logIndex);
    } else {
      List<StoredEntry> entries = stored(batch);
      write(entries, logIndex, StoredEntry.areTombstones(entries));
    }
  }

  /// The batch with its values as they are to be written.
  ///
  /// @throws IllegalArgumentException if a key or a value is too long
  List<StoredEntry> stored(WriteBatch batch) {
    List<StoredEntry> entries = new ArrayList<>(batch.entries().size());
    for (WriteBatch.Entry entry : batch.entries()) {
      StoredValue value = stored(entry.key(), entry.value());
      entries.add(new StoredEntry(entry.key(), value, entry.expiry()));
    }
    return entries;
  }

  private StoredValue stored(byte[] key, byte @Nullable [] value) {
    int valueBytes = value == null ? 0 : value.length;
    require(
        key.length <= Entry.KEY_BYTES_MAX,
        "a key of %d bytes is too long: %d are allowed",
        key.length,
        Entry.KEY_BYTES_MAX);
    require(
        valueBytes <= Entry.VALUE_BYTES_MAX,
        "a value of %d bytes is too long: %d are allowed",
        valueBytes,
        Entry.VALUE_BYTES_MAX);
    return StoredValue.of(value, options.compression());
  }

  /// Writes a batch whose values are written as they are given.
  ///
  /// @param givesBack whether this leads to more room, so that it may use what is kept for deletes
  void write(List<StoredEntry> entries, long logIndex, boolean givesBack) {
    int count = entries.size();
    FrameKind kind = FrameKind.ofBatch(count);
    long frameBytes = kind.headBytes();
    for (StoredEntry entry : entries) {
      frameBytes += entry.sizeBytes(encrypted);
    }
    Segment segment = room(frameBytes, logIndex, givesBack);
    long firstSequence = log.nextSequence();
    long[] offsets = new long[count];
    frame.begin(kind, segment.fileId(), segment.file().sizeBytes(), segment.cipher());
    for (int i = 0; i < count; i++) {
      StoredEntry entry = entries.get(i);
      offsets[i] = frame.add(entry.key(), entry.value(), firstSequence + i, entry.expiry());
    }
    log.append(segment, frame, logIndex);
    for (int i = 0; i < count; i++) {
      StoredEntry entry = entries.get(i);
      int sizeBytes = entry.sizeBytes(encrypted);
      boolean tombstone = entry.value().isTombstone();
      segment.count(sizeBytes, firstSequence + i, tombstone, entry.expiry());
      learn(segment, entry.key(), tombstone, sizeBytes, offsets[i]);
    }
  }

  /// Writes a batch of one put or delete, without the lists that others need.
  ///
  /// @param value null to remove the key
  void put(byte[] key, byte @Nullable [] value, long expiry, long logIndex) {
    StoredValue written = stored(key, value);
    boolean tombstone = written.isTombstone();
    int keyAndFlags = Entry.keyAndFlags(key.length, written, expiry, encrypted);
    int sizeBytes = Entry.bytes(keyAndFlags, written.valueBytes());
    Segment segment = room(FrameKind.SINGLE.headBytes() + sizeBytes, logIndex, tombstone);
    long sequence = log.nextSequence();
    frame.begin(FrameKind.SINGLE, segment.fileId(), segment.file().sizeBytes(), segment.cipher());
    long offset = frame.add(key, written, sequence, expiry);
    log.append(segment, frame, logIndex);
    segment.count(sizeBytes, sequence, tombstone, expiry);
    learn(segment, key, tombstone, sizeBytes, offset);
  }

  /// The file that takes a frame.
  private Segment room(long frameBytes, long logIndex, boolean givesBack) {
    require(
        frameBytes <= options.batchSizeBytesMax(),
        "a batch of %d bytes is too large: %d are allowed",
        frameBytes,
        options.batchSizeBytesMax());
    require(
        logIndex > log.appliedIndex(),
        "log index %d is not above the applied index %d",
        logIndex,
        log.appliedIndex());
    require(logIndex <= FrameHeader.LOG_INDEX_MAX, "log index %d is too high", logIndex);
    space.makeRoom(frameBytes, givesBack);
    return log.room(frameBytes, options.segmentSizeBytes());
  }

  private void learn(Segment segment, byte[] key, boolean tombstone, int sizeBytes, long offset) {
    long dead;
    if (tombstone) {
      dead = lookup.keydir().remove(key);
    } else {
      segment.becameLive(sizeBytes);
      dead = lookup.keydir().put(key, Place.of(segment.number(), offset, sizeBytes, false));
    }
    if (dead != Place.NONE) {
      folder.becameDead(dead, reader);
    }
  }
}
