package dev.nucleusdb.bitcask.index.image;

import static dev.nucleusdb.core.assertion.Assertions.require;

import java.nio.ByteBuffer;

/// Writes an image: facts first, then the body in any number of pieces, then [#finish]. The grammar
/// is in [ImageLayout].
public final class ImageWriter {
  private final IndexSink sink;
  private final ImageLayout layout;
  private final ByteBuffer table;
  private final long bodyBytes;
  private long written;

  /// Writes the beginning.
  ///
  /// @param binding what the image belongs to, asked for again when it is read
  /// @param kind of index
  /// @param facts what is needed to understand the body
  /// @param bodyBytes length of what will be appended
  public ImageWriter(IndexSink sink, long binding, int kind, ByteBuffer facts, long bodyBytes) {
    require(facts.remaining() <= ImageLayout.FACTS_BYTES_MAX, "too many facts");
    this.sink = sink;
    this.bodyBytes = bodyBytes;
    layout = new ImageLayout(binding);
    table = ImageLayout.buffer(Math.toIntExact(4 * (ImageLayout.blocks(bodyBytes) + 1)));
    ByteBuffer padded = ImageLayout.padded(facts);
    ByteBuffer header = layout.header(kind, padded, bodyBytes);
    header.putInt(layout.plain(header.duplicate().flip())).flip();
    sink.append(header);
    sink.append(padded);
    layout.begin(0);
  }

  /// Appends the remaining bytes to the body.
  public void append(ByteBuffer bytes) {
    ByteBuffer left = bytes.duplicate();
    while (left.hasRemaining()) {
      int toBlockEnd = ImageLayout.BLOCK_BYTES - (int) (written % ImageLayout.BLOCK_BYTES);
      int length = Math.min(left.remaining(), toBlockEnd);
      layout.add(left.slice(left.position(), length));
      left.position(left.position() + length);
      written += length;
      if (length == toBlockEnd) {
        endBlock();
      }
    }
    sink.append(bytes);
  }

  private void endBlock() {
    table.putInt(layout.end());
    layout.begin(table.position() / 4);
  }

  /// Writes the end.
  public void finish() {
    require(written == bodyBytes, "the body is not as long as was said");
    if (written % ImageLayout.BLOCK_BYTES != 0) {
      endBlock();
    }
    layout.begin(-1);
    layout.add(table.duplicate().flip());
    table.putInt(layout.end()).flip();
    sink.append(table);
  }
}
