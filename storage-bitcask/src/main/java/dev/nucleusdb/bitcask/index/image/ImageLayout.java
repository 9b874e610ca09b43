package dev.nucleusdb.bitcask.index.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// The bytes of an image. All numbers little-endian; checksums are CRC-32C.
///
/// ```
///   image  = header | facts | body | table
///   header = magic "NDBINDEX" 8 | format 4 | kind 4 | binding 8 | length of facts 4 | zero 4
///            | length of body 8 | checksum of the facts 4 | checksum of the header so far 4
///   facts  = what the index needs to know of the body | zeros up to a page
///   body   = pages of 4096 bytes, as they are in memory; in blocks of 64 KiB, the last may be shorter
///   table  = checksum 4 of each block | checksum 4 of binding and table
///   checksum of a block = of binding 8 | number of the block 8 | its bytes
/// ```
///
/// The binding is the caller's: what the index belongs to, so that an image left over from another
/// state is as bad as a damaged one. Pages stand at multiples of 4096, so that the body can be
/// mapped.
final class ImageLayout {
  static final long MAGIC = 0x5845444e4942444eL;
  static final int FORMAT = 1;
  static final int HEADER_BYTES = 48;
  static final int PAGE_BYTES = 4096;
  static final int BLOCK_BYTES = 1 << 16;
  static final int FACTS_BYTES_MAX = 1 << 30;

  private final long binding;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer bound = buffer(16);

  ImageLayout(long binding) {
    this.binding = binding;
  }

  static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// The facts with the zeros behind them.
  static ByteBuffer padded(ByteBuffer facts) {
    int used = HEADER_BYTES + facts.remaining();
    int whole = (used + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    return buffer(whole - HEADER_BYTES).put(facts.duplicate()).rewind();
  }

  static long bodyAt(int factsBytes) {
    return (long) HEADER_BYTES + factsBytes;
  }

  static long blocks(long bodyBytes) {
    return (bodyBytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
  }

  /// The header without its own checksum.
  ByteBuffer header(int kind, ByteBuffer facts, long bodyBytes) {
    return buffer(HEADER_BYTES)
        .putLong(MAGIC)
        .putInt(FORMAT)
        .putInt(kind)
        .putLong(binding)
        .putInt(facts.remaining())
        .putInt(0)
        .putLong(bodyBytes)
        .putInt(plain(facts));
  }

  /// The checksum of the remaining bytes; they stay.
  int plain(ByteBuffer bytes) {
    crc.reset();
    crc.update(bytes.duplicate());
    return (int) crc.getValue();
  }

  /// Begins the checksum of something numbered.
  void begin(long number) {
    crc.reset();
    crc.update(bound.clear().putLong(binding).putLong(number).flip());
  }

  /// Adds the remaining bytes; they stay.
  void add(ByteBuffer bytes) {
    crc.update(bytes.duplicate());
  }

  int end() {
    return (int) crc.getValue();
  }
}
