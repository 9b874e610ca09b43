package dev.nucleusdb.bitcask.compression;

import static dev.nucleusdb.core.assertion.Assertions.require;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// How values are written shorter, and which of them. A value that is written so says it itself:
///
/// ```
///    0  u8   id of the codec
///    1  u32  bytes of the value
///    5       the compressed bytes
/// ```
///
/// @param codec null: values are written as they are; such as zstd wrote are read all the same
/// @param valueBytesMin shorter values are written as they are; bytes; at least 16
public record Compression(@Nullable ValueCodec codec, int valueBytesMin) {
  /// Bytes in front of the compressed ones.
  public static final int HEAD_BYTES = 5;

  /// Values are written as they are.
  public static final Compression OFF = new Compression(null, Integer.MAX_VALUE);

  private static final int VALUE_BYTES_MIN = 256;

  /// A compressed value is kept if it saves a share of 1/8: below that a read is not worth it.
  private static final int SAVED_SHARE = 8;

  /// @throws IllegalArgumentException if a bound is outside what its description allows
  public Compression {
    require(valueBytesMin >= 16, "valueBytesMin is at least 16, not %d", valueBytesMin);
    require(codec == null || (codec.id() >= 1 && codec.id() <= 255), "a codec's id is 1 to 255");
  }

  /// By zstd, values of 256 bytes and more.
  ///
  /// @throws IllegalStateException if zstd-jni is not on the path
  public static Compression zstd() {
    return new Compression(ZstdCodec.find(), VALUE_BYTES_MIN);
  }

  /// The same from another length on.
  public Compression withValueBytesMin(int bytes) {
    return new Compression(codec, bytes);
  }

  /// The value with its head, if it is written shorter; null if it is written as it is.
  public byte @Nullable [] compress(byte[] value) {
    ValueCodec used = codec;
    if (used == null || value.length < valueBytesMin) {
      return null;
    }
    byte[] compressed = used.compress(value);
    if (HEAD_BYTES + compressed.length > value.length - value.length / SAVED_SHARE) {
      return null;
    }
    ByteBuffer written =
        ByteBuffer.allocate(HEAD_BYTES + compressed.length).order(ByteOrder.LITTLE_ENDIAN);
    return written.put((byte) used.id()).putInt(value.length).put(compressed).array();
  }

  /// The value that [#compress] wrote.
  ///
  /// @param from holds it
  /// @param offset where its head begins
  /// @param length with its head
  /// @param rawBytesMax a value that says that it is longer is a bomb
  /// @throws MalformedValueException if no value was written so
  /// @throws IllegalStateException if the codec is not there
  public byte[] decompress(byte[] from, int offset, int length, int rawBytesMax)
      throws MalformedValueException {
    if (length < HEAD_BYTES) {
      throw new MalformedValueException("a compressed value without a head");
    }
    ByteBuffer written = ByteBuffer.wrap(from).order(ByteOrder.LITTLE_ENDIAN);
    int id = Byte.toUnsignedInt(written.get(offset));
    int rawBytes = written.getInt(offset + 1);
    if (rawBytes < 0 || rawBytes > rawBytesMax) {
      throw new MalformedValueException(
          "a compressed value of " + Integer.toUnsignedString(rawBytes) + " bytes, which none has");
    }
    return codec(id).decompress(from, offset + HEAD_BYTES, length - HEAD_BYTES, rawBytes);
  }

  /// What the head of a value says that was written shorter.
  public static String describe(byte[] written) {
    if (written.length < HEAD_BYTES) {
      return "compressed, without a head";
    }
    ByteBuffer head = ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN);
    return "compressed by codec "
        + Byte.toUnsignedInt(head.get(0))
        + ", "
        + Integer.toUnsignedString(head.getInt(1))
        + " bytes in "
        + written.length;
  }

  private ValueCodec codec(int id) {
    ValueCodec known = codec;
    if (known != null && known.id() == id) {
      return known;
    }
    if (id == ZstdCodec.ID) {
      return ZstdCodec.find();
    }
    throw new IllegalStateException(
        "a value was compressed by codec " + id + ": open the store with that codec");
  }
}
