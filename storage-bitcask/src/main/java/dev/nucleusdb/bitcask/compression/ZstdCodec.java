package dev.nucleusdb.bitcask.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

/// Zstandard (RFC 8878) by `com.github.luben:zstd-jni`, which has native code: an optional
/// dependency, and nothing here is loaded before somebody asks for it.
public final class ZstdCodec implements ValueCodec {
  /// Stands in front of every value that it wrote.
  static final int ID = 1;

  private static final int LEVEL = 3;

  private ZstdCodec() {}

  /// The codec.
  ///
  /// @throws IllegalStateException if the library is not on the path
  public static ZstdCodec find() {
    try {
      int newest = Zstd.maxCompressionLevel();
      if (newest < LEVEL) {
        throw new IllegalStateException("this zstd-jni knows levels up to " + newest + " only");
      }
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "zstd is asked for, but com.github.luben:zstd-jni cannot be loaded: add it to the path",
          e);
    }
    return new ZstdCodec();
  }

  @Override
  public int id() {
    return ID;
  }

  @Override
  public String name() {
    return "zstd";
  }

  @Override
  public byte[] compress(byte[] raw) {
    return Zstd.compress(raw, LEVEL);
  }

  @Override
  public byte[] decompress(byte[] from, int offset, int length, int rawBytes)
      throws MalformedValueException {
    byte[] raw = new byte[rawBytes];
    long made;
    try {
      made = Zstd.decompressByteArray(raw, 0, rawBytes, from, offset, length);
    } catch (ZstdException malformed) {
      throw new MalformedValueException("zstd says: " + malformed.getMessage());
    }
    if (Zstd.isError(made)) {
      throw new MalformedValueException("zstd says: " + Zstd.getErrorName(made));
    }
    if (made != rawBytes) {
      throw new MalformedValueException(
          "a compressed value of " + made + " bytes that says it has " + rawBytes);
    }
    return raw;
  }
}
