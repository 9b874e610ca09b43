package dev.nucleusdb.bitcask.format;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import dev.nucleusdb.bitcask.cipher.Aead;
import dev.nucleusdb.bitcask.cipher.FileCipher;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Builds one frame after the other in one buffer:
///
/// ```
///   frame  ::= header (40, or 16 of a single record; see FrameHeader) entry*
///   entry  ::= checksum (4) key-bytes (4) value-bytes (4) sequence (8) [expiry (8)] [nonce (12)]
///              key value [tag (16)] zeros
/// ```
///
/// A frame is written in one append and counts only as a whole: that is what makes a batch atomic.
/// Call [#begin], [#add] for each entry, [#finish].
public final class FrameWriter {
  /// What is kept of the buffer once a frame was no larger.
  private static final int RETAINED_BYTES = 1 << 20;

  /// Where in the buffer the frame begins: in front is room for its place.
  private static final int FRAME_AT = Checksum.PLACE_BYTES;

  private final Checksum checksum = new Checksum();
  private final Aead aead = new Aead();
  private final byte[] nonce = new byte[Aead.NONCE_BYTES];
  private byte[] bytes = new byte[4096];
  private ByteBuffer buffer = wrap(bytes);
  private long fileId;
  private long offset;
  private int entryCount;
  private long firstSequence;
  private int frameChecksum;
  private int entryBytes;
  private FrameKind kind = FrameKind.BATCH;
  private @Nullable FileCipher cipher;

  /// Starts a frame.
  ///
  /// @param kind what it will be
  /// @param fileId the file it is for
  /// @param offset where in the file it will stand
  /// @param cipher of the file; null to write in the clear
  public void begin(FrameKind kind, long fileId, long offset, @Nullable FileCipher cipher) {
    this.kind = kind;
    this.cipher = cipher;
    if (bytes.length > RETAINED_BYTES && buffer.limit() <= RETAINED_BYTES) {
      bytes = new byte[RETAINED_BYTES];
      buffer = wrap(bytes);
    }
    this.fileId = fileId;
    this.offset = offset;
    entryCount = 0;
    firstSequence = 0;
    buffer.clear().position(FRAME_AT + kind.headBytes());
  }

  /// Adds an entry.
  ///
  /// @param value what is written of the value
  /// @param expiry when it expires, in milliseconds since 1970, or [Entry#NEVER]
  /// @return the offset of the entry in the file
  public long add(byte[] key, StoredValue value, long sequence, long expiry) {
    byte[] written = value.bytes();
    int keyAndFlags = Entry.keyAndFlags(key.length, value, expiry, cipher != null);
    entryBytes = Entry.bytes(keyAndFlags, value.valueBytes());
    reserve(entryBytes);
    int at = buffer.position();
    buffer.putInt(0).putInt(keyAndFlags).putInt(value.valueBytes()).putLong(sequence);
    if (expiry != Entry.NEVER) {
      buffer.putLong(expiry);
    }
    long entryOffset = offset + at - FRAME_AT;
    if (cipher != null) {
      cipher.drawNonce(entryOffset, nonce);
      buffer.put(nonce);
    }
    buffer.put(key);
    if (written != null) {
      buffer.put(written);
    }
    while (buffer.position() < at + entryBytes) {
      buffer.put((byte) 0);
    }
    if (cipher != null) {
      int content = Entry.contentBytes(keyAndFlags, value.valueBytes());
      int head = at + Entry.CHECKED_FROM;
      int nonceAt = at + Entry.nonceStart(keyAndFlags);
      aead.seal(cipher, Aead.RECORD, entryOffset, bytes, head, nonceAt, content);
    }
    int from = at + Entry.CHECKED_FROM;
    int checkedBytes = entryBytes - Entry.CHECKED_FROM;
    buffer.putInt(at, checksum.ofBehind(fileId, entryOffset, bytes, from, checkedBytes));
    if (entryCount++ == 0) {
      firstSequence = sequence;
    }
    return entryOffset;
  }

  /// Bytes of the entry that was added last.
  public int entryBytes() {
    return entryBytes;
  }

  /// Bytes of the frame so far.
  public int sizeBytes() {
    return buffer.position() - FRAME_AT;
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
    invariant(kind == FrameKind.ofBatch(entryCount), "a batch of one record has a head of its own");
    return finish(sequence, logIndex, watermark);
  }

  /// Ends a frame of merged records.
  ///
  /// @return the frame, good until the next [#begin]
  public ByteBuffer finishMerged() {
    return finish(firstSequence, 0, 0);
  }

  /// A seal, in place of entries.
  ///
  /// @param footer what is known of the file
  /// @param watermark bytes of the file known durable: until a manifest says that the file is
  ///   sealed, nothing else may vouch for its last batches
  /// @return the frame, good until the next [#begin]
  public ByteBuffer finishSeal(Footer footer, long watermark) {
    invariant(entryCount == 0, "a seal holds no entries");
    reserve(Footer.BYTES);
    footer.write(buffer);
    return finish(footer.lowestSequence(), 0, watermark);
  }

  /// The checksum of the frame that was finished last.
  public int frameChecksum() {
    return frameChecksum;
  }

  private ByteBuffer finish(long sequence, long logIndex, long watermark) {
    int frameBytes = sizeBytes();
    int payloadBytes = frameBytes - kind.headBytes();
    new FrameHeader(kind, 0, payloadBytes, entryCount, watermark, sequence, logIndex)
        .write(buffer, FRAME_AT);
    boolean isSingle = kind == FrameKind.SINGLE;
    if (!isSingle) {
      frameChecksum = checksum(FrameHeader.FRAME_CHECKED_FROM, frameBytes);
      buffer.putInt(FRAME_AT + FrameHeader.FRAME_CHECKSUM_OFFSET, frameChecksum);
    }
    int headerChecksum = checksum(FrameHeader.HEADER_CHECKED_FROM, kind.headCheckedTo());
    buffer.putInt(FRAME_AT, headerChecksum);
    frameChecksum = isSingle ? headerChecksum : frameChecksum;
    return buffer.flip().position(FRAME_AT);
  }

  /// Of the bytes of the frame from one to another.
  private int checksum(int from, int to) {
    return checksum.ofBehind(fileId, offset, bytes, FRAME_AT + from, to - from);
  }

  private void reserve(int moreBytes) {
    if (buffer.remaining() >= moreBytes) {
      return;
    }
    long needed = (long) buffer.position() + moreBytes;
    long doubled = Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.length);
    int used = buffer.position();
    byte[] more = new byte[Math.toIntExact(Math.max(needed, doubled))];
    System.arraycopy(bytes, 0, more, 0, used);
    bytes = more;
    buffer = wrap(bytes).position(used);
  }

  private static ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
