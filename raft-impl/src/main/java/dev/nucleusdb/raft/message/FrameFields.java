package dev.nucleusdb.raft.message;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;

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

  private FrameFields() {}

  /// Bytes of a number; zero is not written.
  static int sizeOf(int field, long value) {
    return value == 0 ? 0 : CodedOutputStream.computeUInt64Size(field, value);
  }

  /// Bytes of a number of eight bytes; zero is not written.
  static int sizeOfFixed(int field, long value) {
    return value == 0 ? 0 : CodedOutputStream.computeFixed64Size(field, value);
  }

  static void write(CodedOutputStream out, int field, long value) throws IOException {
    if (value != 0) {
      out.writeUInt64(field, value);
    }
  }

  static void writeFixed(CodedOutputStream out, int field, long value) throws IOException {
    if (value != 0) {
      out.writeFixed64(field, value);
    }
  }
}
