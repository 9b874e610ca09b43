package dev.nucleusdb.bitcask.index.image;

import java.nio.ByteBuffer;

/// Where an image is written to; `DiskFile::append` is one.
@FunctionalInterface
public interface IndexSink {
  /// Appends all remaining bytes.
  void append(ByteBuffer bytes);
}
