package dev.nucleusdb.bitcask.compression;

/// A way to write bytes shorter. Called by several threads at once.
public interface ValueCodec {
  /// Stands in front of every value that it wrote; 1 to 255, and never another's. 1 is zstd; what
  /// is not from this house begins at 128.
  int id();

  /// What people call it.
  String name();

  /// The bytes, shorter or longer.
  byte[] compress(byte[] raw);

  /// The bytes that were compressed.
  ///
  /// @param from holds them
  /// @param offset where they begin
  /// @param length of the compressed bytes
  /// @param rawBytes how long they were; no more are made, whatever the compressed bytes say
  /// @throws MalformedValueException if they are not what [#compress] makes of so many bytes
  byte[] decompress(byte[] from, int offset, int length, int rawBytes)
      throws MalformedValueException;
}
