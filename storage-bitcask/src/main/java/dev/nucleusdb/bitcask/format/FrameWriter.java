package dev.nucleusdb.bitcask.format;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Builds one frame after the other in one buffer:
///
/// ```
///   frame  ::= header (40, see FrameHeader) entry*
///   entry  ::= checksum (4) key-bytes (4) value-bytes (4) sequence (8) [expiry (8)] key value zeros
/// ```
///
/// A frame is written in one append and counts only as a whole: that is what makes a batch atomic.
/// Call [#begin], [#add] for each entry, [#finish].
public final class FrameWriter {
  private static final int RETAINED_BYTES = 1 << 20;

  private final Checksum checksum = new Checksum();
  private byte[] bytes = new byte[4096];
  private ByteBuffer buffer = wrap(bytes);
  private long fileId;
  private long offset;
  private int entryCount;
  private long firstSequence;
  private int frameChecksum;

  /// Starts a frame.
  ///
  /// @param fileId the file it is for
  /// @param offset where in the file it will stand
  public void begin(long fileId, long offset) {
    if (bytes.length > RETAINED_BYTES) {
      bytes = new byte[RETAINED_BYTES];
      buffer = wrap(bytes);
    }
    this.fileId = fileId;
    this.offset = offset;
    entryCount = 0;
    firstSequence = 0;
    buffer.clear().position(FrameHeader.BYTES);
  }

  /// Adds an entry.
  ///
  /// @param value the value, or null for a tombstone
  /// @param expiry when it expires, in milliseconds since 1970, or [Entry#NEVER]
  /// @return the offset of the entry in the file
  public long add(byte[] key, byte @Nullable [] value, long sequence, long expiry) {
    int valueBytes = value == null ? Entry.TOMBSTONE : value.length;
    int sizeBytes = Entry.bytes(key.length, valueBytes, expiry);
    reserve(sizeBytes);
    int at = buffer.position();
    boolean expires = expiry != Entry.NEVER;
    buffer.putInt(0).putInt(expires ? key.length | Entry.EXPIRES : key.length);
    buffer.putInt(valueBytes).putLong(sequence);
    if (expires) {
      buffer.putLong(expiry);
    }
    buffer.put(key);
    if (value != null) {
      buffer.put(value);
    }
    while (buffer.position() < at + sizeBytes) {
      buffer.put((byte) 0);
    }
    long entryOffset = offset + at;
    int checkedBytes = sizeBytes - Entry.CHECKED_FROM;
    buffer.putInt(
        at, checksum.of(fileId, entryOffset, bytes, at + Entry.CHECKED_FROM, checkedBytes));
    if (entryCount++ == 0) {
      firstSequence = sequence;
    }
    return entryOffset;
  }

  /// Bytes of the frame so far.
  public int sizeBytes() {
    return buffer.position();
  }

  /// Entries so far.
  public int entryCount() {
    return entryCount;
  }

  /// Ends a batch.
  ///
  /// @param sequence number of the first entry
  /// @param logIndex the log index it stands for
  /// @param watermark bytes of the file known durable
  /// @return the frame, good until the next [#begin]
  public ByteBuffer finishBatch(long sequence, long logIndex, long watermark) {
    invariant(entryCount == 0 || firstSequence == sequence, "a batch begins at its own number");
    return finish(FrameKind.BATCH, sequence, logIndex, watermark);
  }

  /// Ends a frame of merged records.
  ///
  /// @return the frame, good until the next [#begin]
  public ByteBuffer finishMerged() {
    return finish(FrameKind.MERGED, firstSequence, 0, 0);
  }

  /// A seal, in place of entries.
  ///
  /// @param footer what is known of the file
  /// @return the frame, good until the next [#begin]
  public ByteBuffer finishSeal(Footer footer) {
    invariant(entryCount == 0, "a seal holds no entries");
    reserve(Footer.BYTES);
    footer.write(buffer);
    return finish(FrameKind.SEAL, footer.lowestSequence(), 0, 0);
  }

  /// The checksum of the frame that was finished last.
  public int frameChecksum() {
    return frameChecksum;
  }

  private ByteBuffer finish(FrameKind kind, long sequence, long logIndex, long watermark) {
    int frameBytes = buffer.position();
    int payloadBytes = frameBytes - FrameHeader.BYTES;
    new FrameHeader(kind, 0, payloadBytes, entryCount, watermark, sequence, logIndex)
        .write(buffer, 0);
    int from = FrameHeader.FRAME_CHECKED_FROM;
    frameChecksum = checksum.of(fileId, offset, bytes, from, frameBytes - from);
    buffer.putInt(FrameHeader.FRAME_CHECKSUM_OFFSET, frameChecksum);
    buffer.putInt(0, FrameHeader.headerChecksum(bytes, 0, fileId, offset, checksum));
    return buffer.flip();
  }

  private void reserve(int moreBytes) {
    if (buffer.remaining() >= moreBytes) {
      return;
    }
    long needed = (long) buffer.position() + moreBytes;
    long doubled = Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.length);
    bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(needed, doubled)));
    buffer = wrap(bytes).position(buffer.position());
  }

  private static ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
