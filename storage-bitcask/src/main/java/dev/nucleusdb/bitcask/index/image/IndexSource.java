package dev.nucleusdb.bitcask.index.image;

import java.nio.ByteBuffer;

/// Where an image is read from; `DiskFile::read` is one.
@FunctionalInterface
public interface IndexSource {
  /// Reads bytes from `offset` of the image until `into` is full or the image ends.
  ///
  /// @return how many bytes were read
  int read(long offset, ByteBuffer into);
}
