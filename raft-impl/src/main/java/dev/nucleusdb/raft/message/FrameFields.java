package dev.nucleusdb.raft.message;

import com.google.protobuf.CodedOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The fields of a `RaftFrame`, in rising order, as protobuf's own classes write them: for the two
/// messages that are so frequent that they are written and read without the objects between.
/// [FieldReader] reads them.
final class FrameFields {
  static final int GROUP = 1;
  static final int SENDER = 2;
  static final int TERM = 3;
  static final int RECEIVER = 10;
  static final int SENDER_STORE = 16;
  static final int CLUSTER = 22;

  static final int VARINT = 0;
  static final int FIXED_64 = 1;
  static final int LENGTH_DELIMITED = 2;

  private static final int TYPE_BITS = 3;
  private static final int VARINT_BITS = 7;

  /// Set in each byte of a varint that is not its last.
  private static final int MORE = 1 << VARINT_BITS;

  private FrameFields() {}

  /// Bytes of a number; zero is not written.
  static int sizeOf(int field, long value) {
    return value == 0 ? 0 : CodedOutputStream.computeUInt64Size(field, value);
  }

  /// Bytes of a number of eight bytes; zero is not written.
  static int sizeOfFixed(int field, long value) {
    return value == 0 ? 0 : CodedOutputStream.computeFixed64Size(field, value);
  }

  static void write(ByteBuffer out, int field, long value) {
    if (value != 0) {
      writeVarint(out, (long) field << TYPE_BITS | VARINT);
      writeVarint(out, value);
    }
  }

  static void writeFixed(ByteBuffer out, int field, long value) {
    if (value != 0) {
      writeVarint(out, (long) field << TYPE_BITS | FIXED_64);
      out.putLong(out.order() == ByteOrder.LITTLE_ENDIAN ? value : Long.reverseBytes(value));
    }
  }

  /// What stands before something that is so long.
  static void writeLength(ByteBuffer out, int field, int length) {
    writeVarint(out, (long) field << TYPE_BITS | LENGTH_DELIMITED);
    writeVarint(out, length);
  }

  /// Bytes of something that is so long, with what stands before it.
  static int sizeOfDelimited(int field, int length) {
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt32SizeNoTag(length)
        + length;
  }

  private static void writeVarint(ByteBuffer out, long value) {
    long left = value;
    while ((left & -MORE) != 0) {
      out.put((byte) (left | MORE));
      left >>>= VARINT_BITS;
    }
    out.put((byte) left);
  }
}
