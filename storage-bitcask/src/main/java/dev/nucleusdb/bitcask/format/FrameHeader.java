package dev.nucleusdb.bitcask.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The head of a frame, 40 bytes, little endian:
///
/// ```
///    0  u32  header checksum   of file id, frame offset, bytes 4..39
///    4  u32  frame checksum    of file id, frame offset, bytes 8..end of the payload
///    8  u32  kind              "BTCH", "MRGD" or "SEAL"
///   12  u32  payload bytes     a multiple of 8
///   16  u32  entry count
///   20  u32  durable watermark bytes of this file known durable when this was written, divided
///                              by 8; 0 in merged frames
///   24  u64  sequence number   of the first entry
///   32  u64  log index         0 in merged frames
/// ```
///
/// A batch of one record has 16 bytes, and the head of that record ([Entry]) says the rest:
///
/// ```
///    0  u32  header checksum   of file id, frame offset, bytes 4..35: the record's checksum, lengths
///                              and sequence number with them
///    4  u32  durable watermark
///    8  u8   kind              "1"
///    9  u56  log index
///   16       the record
/// ```
///
/// The header has a checksum of its own, so that a damaged length never sends a reader off. The
/// rest is vouched for by the frame checksum, or by that of the only record, which the header's
/// covers: so the header's checksum stands for the whole frame there.
///
/// @param kind batch, merged, seal or single
/// @param frameChecksum a stored checksum that tells this frame from any other in its place
/// @param payloadBytes bytes of the entries
/// @param entryCount entries in the payload; 0 in an empty batch
/// @param watermark bytes of this file known durable when the frame was written
/// @param sequence number of the first entry; of an empty batch, the number the next entry will get
/// @param logIndex the index in the replicated log that the batch stands for
public record FrameHeader(
    FrameKind kind,
    int frameChecksum,
    int payloadBytes,
    int entryCount,
    long watermark,
    long sequence,
    long logIndex) {
  /// Bytes of a frame's head, unless it is [FrameKind#SINGLE]. No frame is shorter, of whatever
  /// kind.
  public static final int BYTES = 40;

  /// Bytes in front of the record of a [FrameKind#SINGLE].
  public static final int SINGLE_BYTES = 16;

  /// The highest log index of a batch.
  public static final long LOG_INDEX_MAX = (1L << 56) - 1;

  static final int FRAME_CHECKSUM_OFFSET = 4;
  static final int FRAME_CHECKED_FROM = 8;
  static final int HEADER_CHECKED_FROM = 4;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int KIND_OFFSET = 8;
  private static final int PAYLOAD_BYTES_OFFSET = 12;
  private static final int ENTRY_COUNT_OFFSET = 16;
  private static final int WATERMARK_OFFSET = 20;
  private static final int SEQUENCE_OFFSET = 24;
  private static final int LOG_INDEX_OFFSET = 32;
  private static final int SINGLE_WATERMARK_OFFSET = 4;

  /// Bytes of the whole frame.
  public long frameBytes() {
    return kind.headBytes() + (long) payloadBytes;
  }

  /// Writes all but the checksums, and what the head of a record says, at `at`.
  void write(ByteBuffer into, int at) {
    int watermarkUnits = (int) (watermark / Entry.ALIGNMENT);
    if (kind == FrameKind.SINGLE) {
      into.putInt(at + SINGLE_WATERMARK_OFFSET, watermarkUnits)
          .putLong(at + KIND_OFFSET, logIndex << 8 | kind.marker());
    } else {
      into.putInt(at + KIND_OFFSET, kind.marker())
          .putInt(at + PAYLOAD_BYTES_OFFSET, payloadBytes)
          .putInt(at + ENTRY_COUNT_OFFSET, entryCount)
          .putInt(at + WATERMARK_OFFSET, watermarkUnits)
          .putLong(at + SEQUENCE_OFFSET, sequence)
          .putLong(at + LOG_INDEX_OFFSET, logIndex);
    }
  }

  /// The head that stands at `at`, or null if none does that was written for this place.
  ///
  /// @param bytes at least [#BYTES] from `at` on
  public static @Nullable FrameHeader read(
      byte[] bytes, int at, long fileId, long offset, Checksum checksum) {
    FrameKind kind = FrameKind.of((int) INT.get(bytes, at + KIND_OFFSET));
    if (kind == null || (kind == FrameKind.SINGLE && !isPossibleSingle(bytes, at, offset))) {
      return null;
    }
    int from = HEADER_CHECKED_FROM;
    int computed = checksum.of(fileId, offset, bytes, at + from, kind.headCheckedTo() - from);
    if ((int) INT.get(bytes, at) != computed) {
      return null;
    }
    return kind == FrameKind.SINGLE ? single(bytes, at, computed) : ofKind(kind, bytes, at);
  }

  private static FrameHeader ofKind(FrameKind kind, byte[] bytes, int at) {
    return new FrameHeader(
        kind,
        (int) INT.get(bytes, at + FRAME_CHECKSUM_OFFSET),
        (int) INT.get(bytes, at + PAYLOAD_BYTES_OFFSET),
        (int) INT.get(bytes, at + ENTRY_COUNT_OFFSET),
        watermark(bytes, at + WATERMARK_OFFSET),
        (long) LONG.get(bytes, at + SEQUENCE_OFFSET),
        (long) LONG.get(bytes, at + LOG_INDEX_OFFSET));
  }

  private static FrameHeader single(byte[] bytes, int at, int headerChecksum) {
    int record = at + SINGLE_BYTES;
    int keyAndFlags = (int) INT.get(bytes, record + Entry.KEY_BYTES_OFFSET);
    int valueBytes = (int) INT.get(bytes, record + Entry.VALUE_BYTES_OFFSET);
    return new FrameHeader(
        FrameKind.SINGLE,
        headerChecksum,
        Entry.bytes(keyAndFlags, valueBytes),
        1,
        watermark(bytes, at + SINGLE_WATERMARK_OFFSET),
        (long) LONG.get(bytes, record + Entry.SEQUENCE_OFFSET),
        (long) LONG.get(bytes, at + KIND_OFFSET) >>> 8);
  }

  /// Its kind is but one byte, which a search behind damage often meets: what else a head cannot
  /// say keeps a match by chance as rare as with four.
  private static boolean isPossibleSingle(byte[] bytes, int at, long offset) {
    int record = at + SINGLE_BYTES;
    return watermark(bytes, at + SINGLE_WATERMARK_OFFSET) <= offset
        && Entry.isPossible(
            (int) INT.get(bytes, record + Entry.KEY_BYTES_OFFSET),
            (int) INT.get(bytes, record + Entry.VALUE_BYTES_OFFSET));
  }

  private static long watermark(byte[] bytes, int at) {
    return Integer.toUnsignedLong((int) INT.get(bytes, at)) * Entry.ALIGNMENT;
  }

  /// Whether the rest of the frame is what was written with this head.
  ///
  /// @param bytes hold all of it, from `at` on
  public boolean isIntact(
      byte[] bytes, int at, long fileId, long offset, Checksum checksum, FrameCheck check) {
    int before = kind == FrameKind.SINGLE ? SINGLE_BYTES : 0;
    int stored = before + (kind == FrameKind.SINGLE ? 0 : FRAME_CHECKSUM_OFFSET);
    int from = stored + Integer.BYTES;
    int length = Math.toIntExact(frameBytes()) - from;
    int computed = checksum.of(fileId, offset + before, bytes, at + from, length);
    return check.isIntact((int) INT.get(bytes, at + stored), computed);
  }
}
