package dev.nucleusdb.bitcask;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.bitcask.compression.Compression;
import dev.nucleusdb.bitcask.format.FrameKind;
import dev.nucleusdb.bitcask.format.FrameWriter;
import dev.nucleusdb.bitcask.format.StoredEntry;
import dev.nucleusdb.bitcask.format.StoredValue;
import dev.nucleusdb.bitcask.index.Keydir;
import dev.nucleusdb.bitcask.index.Place;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.core.trace.TraceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Files that no manifest names yet, and an index of their own. The new manifest puts them in
/// force; a crash before it leaves files that the next open removes.
public final class StoreReplacement implements StorageEngine.Replacement {
  private static final TraceKind REPLACED =
      TraceKind.of("bitcask.replaced", "files", "keys", "index");

  private final SegmentFolder folder;
  private final ActiveLog log;
  private final Keydir keydir;
  private final long segmentSizeBytes;
  private final Compression compression;
  private final Trace trace;
  private final Consumer<Keydir> onInstalled;
  private final FrameWriter writer = new FrameWriter();
  private final List<Segment> outputs = new ArrayList<>();
  private long nextSequence = 1;
  private boolean closed;

  /// @param log goes on after the replacement, once that is in force
  /// @param keydir empty
  /// @param onInstalled is told the index of the new content
  StoreReplacement(
      SegmentFolder folder,
      ActiveLog log,
      Keydir keydir,
      long segmentSizeBytes,
      Compression compression,
      Trace trace,
      Consumer<Keydir> onInstalled) {
    this.folder = folder;
    this.log = log;
    this.keydir = keydir;
    this.segmentSizeBytes = segmentSizeBytes;
    this.compression = compression;
    this.trace = trace;
    this.onInstalled = onInstalled;
  }

  @Override
  public void add(WriteBatch puts) {
    require(!closed, "the replacement is closed");
    List<StoredEntry> entries = new ArrayList<>(puts.entries().size());
    for (WriteBatch.Entry put : puts.entries()) {
      StoredValue value = StoredValue.of(put.value(), compression);
      entries.add(new StoredEntry(put.key(), value, put.expiry()));
    }
    addStored(entries);
  }

  /// As [#add], with values that are written as they are given.
  public void addStored(List<StoredEntry> puts) {
    require(!closed, "the replacement is closed");
    if (puts.isEmpty()) {
      return;
    }
    Segment output = output();
    int count = puts.size();
    long[] offsets = new long[count];
    writer.begin(FrameKind.MERGED, output.fileId(), output.file().sizeBytes(), output.cipher());
    for (int i = 0; i < count; i++) {
      StoredEntry put = puts.get(i);
      require(
          !put.value().isTombstone() && keydir.get(put.key()) == Place.NONE,
          "a replacement takes new puts");
      offsets[i] = writer.add(put.key(), put.value(), nextSequence + i, put.expiry());
    }
    output.file().append(writer.finishMerged());
    output.countFrame(writer.frameChecksum());
    trace.point("bitcask.replacement.written");
    for (int i = 0; i < count; i++) {
      learn(output, puts.get(i), offsets[i]);
    }
  }

  private void learn(Segment output, StoredEntry put, long offset) {
    int sizeBytes = put.sizeBytes(output.cipher() != null);
    output.count(sizeBytes, nextSequence++, false, put.expiry());
    output.becameLive(sizeBytes);
    keydir.put(put.key(), Place.of(output.number(), offset, sizeBytes, false));
  }

  private Segment output() {
    if (outputs.isEmpty() || outputs.getLast().file().sizeBytes() >= segmentSizeBytes) {
      sealLast();
      outputs.add(folder.createSegment());
      trace.point("bitcask.replacement.file-created");
    }
    return outputs.getLast();
  }

  private void sealLast() {
    if (!outputs.isEmpty()) {
      outputs.getLast().seal();
      outputs.getLast().syncNow();
    }
  }

  @Override
  public void install(long logIndex) {
    require(!closed, "the replacement is closed");
    require(
        logIndex > log.appliedIndex(),
        "log index %d is not above the applied index %d",
        logIndex,
        log.appliedIndex());
    sealLast();
    Segment active = folder.createSegment();
    trace.point("bitcask.replacement.synced");
    try {
      folder.syncNames();
      trace.point("bitcask.replacement.named");
      folder.replaceAll(outputs, active, nextSequence, logIndex);
    } catch (DiskException failure) {
      if (failure.kind() == DiskException.Kind.NO_SPACE) {
        folder.discard(active);
      } else {
        // Which manifest counts is unknown: the files of both must stay.
        closed = true;
      }
      throw failure;
    }
    closed = true;
    trace.point("bitcask.replacement.installed");
    trace.event(REPLACED, outputs.size(), keydir.size(), logIndex);
    log.restartAfter(nextSequence, logIndex);
    onInstalled.accept(keydir);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      outputs.forEach(folder::discard);
      keydir.close();
    }
  }
}
