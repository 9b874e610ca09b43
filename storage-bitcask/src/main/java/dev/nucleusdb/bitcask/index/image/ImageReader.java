package dev.nucleusdb.bitcask.index.image;

import java.nio.ByteBuffer;

/// Reads an image, in the order it was written. The facts are checked when the reader is made; the
/// body may only be believed after [#finish], or up to the end of a block.
public final class ImageReader {
  private final IndexSource source;
  private final ImageLayout layout;
  private final ByteBuffer facts;
  private final ByteBuffer table;
  private final long bodyAt;
  private final long bodyBytes;
  private long read;

  /// Reads and checks everything but the body.
  ///
  /// @param binding what the image should belong to
  /// @param kind of index that it should be
  /// @throws BadImageException if it is damaged or another
  public ImageReader(IndexSource source, long binding, int kind) throws BadImageException {
    this.source = source;
    layout = new ImageLayout(binding);
    ByteBuffer header = fill(0, ImageLayout.buffer(ImageLayout.HEADER_BYTES));
    int checked = ImageLayout.HEADER_BYTES - 4;
    check(layout.plain(header.slice(0, checked)) == header.getInt(checked), 0, "bad header");
    check(header.getLong() == ImageLayout.MAGIC, 0, "not an index image");
    check(header.getInt() == ImageLayout.FORMAT, 8, "another format");
    check(header.getInt() == kind, 12, "another kind of index");
    check(header.getLong() == binding, 16, "it belongs to another state");
    int factsBytes = header.getInt();
    header.getInt();
    bodyBytes = header.getLong();
    int factsChecksum = header.getInt();
    facts = fill(ImageLayout.HEADER_BYTES, ImageLayout.buffer(factsBytes));
    check(layout.plain(facts) == factsChecksum, ImageLayout.HEADER_BYTES, "bad facts");
    bodyAt = ImageLayout.bodyAt(factsBytes);
    int tableBytes = Math.toIntExact(4 * ImageLayout.blocks(bodyBytes));
    table = fill(bodyAt + bodyBytes, ImageLayout.buffer(tableBytes + 4));
    layout.begin(-1);
    layout.add(table.slice(0, tableBytes));
    check(layout.end() == table.getInt(tableBytes), bodyAt + bodyBytes, "bad table");
    layout.begin(0);
  }

  private static void check(boolean condition, long offset, String detail)
      throws BadImageException {
    if (!condition) {
      throw new BadImageException(offset, detail);
    }
  }

  /// The facts, little-endian.
  public ByteBuffer facts() {
    return facts;
  }

  /// Length of the body.
  public long bodyBytes() {
    return bodyBytes;
  }

  /// Fills `into` with the next bytes of the body.
  ///
  /// @throws BadImageException if a block that ends here is not what was written
  public void read(ByteBuffer into) throws BadImageException {
    check(into.remaining() <= bodyBytes - read, bodyAt + read, "the body is too short");
    ByteBuffer whole = into.duplicate();
    while (whole.hasRemaining()) {
      int toBlockEnd = ImageLayout.BLOCK_BYTES - (int) (read % ImageLayout.BLOCK_BYTES);
      int length = Math.min(whole.remaining(), toBlockEnd);
      ByteBuffer part = fill(bodyAt + read, whole.slice(whole.position(), length));
      layout.add(part);
      whole.position(whole.position() + length);
      read += length;
      if (length == toBlockEnd) {
        endBlock();
      }
    }
  }

  private void endBlock() throws BadImageException {
    long block = (read - 1) / ImageLayout.BLOCK_BYTES;
    long offset = bodyAt + block * ImageLayout.BLOCK_BYTES;
    check(layout.end() == table.getInt(Math.toIntExact(4 * block)), offset, "bad block");
    layout.begin(block + 1);
  }

  /// Checks the last block, and that all was read.
  ///
  /// @throws BadImageException if not
  public void finish() throws BadImageException {
    check(read == bodyBytes, bodyAt + read, "more is there than is described");
    if (read % ImageLayout.BLOCK_BYTES != 0) {
      endBlock();
    }
  }

  private ByteBuffer fill(long offset, ByteBuffer into) throws BadImageException {
    int wanted = into.remaining();
    int got = source.read(offset, into.duplicate());
    check(got == wanted, offset, "the image ends too early");
    return into;
  }
}
