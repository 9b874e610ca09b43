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
///   24  u64  sequence number of the first entry
///   32  u64  log index         0 in merged frames
/// ```
///
/// The header has a checksum of its own, so that a damaged length never sends a reader off.
///
/// @param kind batch, merged or seal
/// @param frameChecksum the stored checksum over everything behind it
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
  /// Bytes of a frame's head.
  public static final int BYTES = 40;

  /// Where in the head the kind stands.
  public static final int KIND_OFFSET = 8;

  public static final int FRAME_CHECKSUM_OFFSET = 4;
  public static final int FRAME_CHECKED_FROM = 8;
  public static final int HEADER_CHECKED_FROM = 4;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int PAYLOAD_BYTES_OFFSET = 12;
  private static final int ENTRY_COUNT_OFFSET = 16;
  private static final int WATERMARK_OFFSET = 20;
  private static final int SEQUENCE_OFFSET = 24;
  private static final int LOG_INDEX_OFFSET = 32;

  /// Bytes of the whole frame.
  public long frameBytes() {
    return BYTES + (long) payloadBytes;
  }

  /// Writes all but the two checksums at `at`.
  public void write(ByteBuffer into, int at) {
    into.putInt(at + KIND_OFFSET, kind.marker())
        .putInt(at + PAYLOAD_BYTES_OFFSET, payloadBytes)
        .putInt(at + ENTRY_COUNT_OFFSET, entryCount)
        .putInt(at + WATERMARK_OFFSET, (int) (watermark / Entry.ALIGNMENT))
        .putLong(at + SEQUENCE_OFFSET, sequence)
        .putLong(at + LOG_INDEX_OFFSET, logIndex);
  }

  /// The head that stands at `at`, or null if none does that was written for this place.
  public static @Nullable FrameHeader read(
      byte[] bytes, int at, long fileId, long offset, Checksum checksum) {
    FrameKind kind = FrameKind.of((int) INT.get(bytes, at + KIND_OFFSET));
    if (kind == null
        || (int) INT.get(bytes, at) != headerChecksum(bytes, at, fileId, offset, checksum)) {
      return null;
    }
    return new FrameHeader(
        kind,
        (int) INT.get(bytes, at + FRAME_CHECKSUM_OFFSET),
        (int) INT.get(bytes, at + PAYLOAD_BYTES_OFFSET),
        (int) INT.get(bytes, at + ENTRY_COUNT_OFFSET),
        Integer.toUnsignedLong((int) INT.get(bytes, at + WATERMARK_OFFSET)) * Entry.ALIGNMENT,
        (long) LONG.get(bytes, at + SEQUENCE_OFFSET),
        (long) LONG.get(bytes, at + LOG_INDEX_OFFSET));
  }

  public static int headerChecksum(
      byte[] bytes, int at, long fileId, long offset, Checksum checksum) {
    return checksum.of(
        fileId, offset, bytes, at + HEADER_CHECKED_FROM, BYTES - HEADER_CHECKED_FROM);
  }
}
