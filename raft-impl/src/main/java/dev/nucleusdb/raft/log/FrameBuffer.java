package dev.nucleusdb.raft.log;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Frames on their way into one segment: gathered, then appended as one write. Entries, of which
/// there are most, become bytes without an object for their frame.
final class FrameBuffer {
  private static final int GROWTH_BYTES_MAX = 1 << 26;

  private ByteBuffer buffer = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);
  private List<WalFormat.Frame> frames = new ArrayList<>();
  private final WalFormat.FrameChecksum checksum = new WalFormat.FrameChecksum();
  private final IdentifierTrail trail;

  /// @param trail has followed the log so far
  FrameBuffer(IdentifierTrail trail) {
    this.trail = trail;
  }

  /// What waits to be written, in bytes.
  int bytes() {
    return buffer.position();
  }

  boolean isEmpty() {
    return buffer.position() == 0;
  }

  /// Adds a segment's header, which comes before all frames.
  void header(long segment) {
    reserve(WalFormat.SEGMENT_HEADER_BYTES);
    WalFormat.writeHeader(buffer, segment);
    trail.begin(segment);
  }

  /// Adds a frame.
  ///
  /// @param fileBytes how long the segment's file is
  /// @param durableBytes how far it is known to be durable
  void add(long segment, long fileBytes, long durableBytes, WalFormat.Frame frame) {
    reserve(WalFormat.frameBytes(frame));
    int start = buffer.position();
    WalFormat.write(buffer, checksum, segment, fileBytes + start, durableBytes, frame);
    trail.follow(frame, buffer.position() - start);
    frames.add(frame);
    addIdentifiers(segment, fileBytes, durableBytes, false);
  }

  /// Adds what is to be told now of frames further in front, should they be damaged.
  ///
  /// @param last whether no frame of the segment in which they are will follow
  void addIdentifiers(long segment, long fileBytes, long durableBytes, boolean last) {
    Identifiers due = trail.due(last);
    while (due != null) {
      add(segment, fileBytes, durableBytes, new WalFormat.Frame.Told(due));
      due = trail.due(last);
    }
  }

  /// Adds the frames of entries from an index on.
  ///
  /// @param fileBytes how long the segment's file is
  /// @param durableBytes how far it is known to be durable
  /// @param told whether [#appendTo] returns them
  void add(
      long segment,
      long fileBytes,
      long durableBytes,
      int group,
      long firstIndex,
      List<Entry> entries,
      boolean told) {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      reserve(WalFormat.entryFrameBytes(entry));
      long offset = fileBytes + buffer.position();
      long index = firstIndex + i;
      WalFormat.write(buffer, checksum, segment, offset, durableBytes, group, index, entry);
      int bytes = WalFormat.entryFrameBytes(entry);
      trail.follow(WalFormat.kindOf(entry), group, index, entry.term(), bytes);
      if (told) {
        frames.add(new WalFormat.Frame.Appended(group, index, entry));
      }
      addIdentifiers(segment, fileBytes, durableBytes, false);
    }
  }

  /// Appends all that was added, as one write, and is empty.
  ///
  /// @return the frames, but for entries' that nobody wished to be told of
  /// @throws DiskException if the disk did not take it; nothing of it will be recovered
  List<WalFormat.Frame> appendTo(DiskFile file) {
    long start = file.sizeBytes();
    List<WalFormat.Frame> written = frames;
    frames = written.isEmpty() ? written : new ArrayList<>();
    try {
      long at = file.append(buffer.flip());
      invariant(at == start, "a frame made for offset %d landed at %d", start, at);
    } catch (DiskException e) {
      file.truncate(start);
      throw e;
    } finally {
      buffer.clear();
    }
    return written;
  }

  private void reserve(int bytes) {
    if (buffer.remaining() < bytes) {
      int needed = Math.addExact(buffer.position(), bytes);
      int size = Math.max(needed, Math.min(buffer.capacity() * 2, GROWTH_BYTES_MAX));
      ByteBuffer larger = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
      buffer = larger.put(buffer.flip());
    }
  }
}
