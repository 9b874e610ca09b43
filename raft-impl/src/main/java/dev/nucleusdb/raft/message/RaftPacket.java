package dev.nucleusdb.raft.message;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import dev.nucleusdb.core.codec.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several messages to one node in one: an [Envelope] around a `RaftPacket` (`raft.proto`), which
/// holds the messages as [RaftCodec] makes them, each in its own envelope.
public final class RaftPacket {
  /// The first byte of every packet.
  public static final byte CHANNEL = 'P';

  /// The version that this code speaks.
  public static final byte VERSION = 1;

  private static final int MESSAGES = 1;
  private static final int TAG = MESSAGES << 3 | 2;

  private RaftPacket() {}

  /// The packet that holds these messages.
  public static byte[] encode(List<byte[]> messages) {
    int size = 0;
    for (byte[] message : messages) {
      size += CodedOutputStream.computeByteArraySize(MESSAGES, message);
    }
    byte[] bytes = Envelope.allocate(CHANNEL, VERSION, size);
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes, Envelope.HEADER_BYTES, size);
      for (byte[] message : messages) {
        out.writeByteArray(MESSAGES, message);
      }
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException("an array of the right size was too small", e);
    }
    return Envelope.seal(bytes);
  }

  /// The messages of a packet, in their order; null if it is damaged, of another version, or no
  /// packet at all. What later versions may add is passed over.
  public static @Nullable List<byte[]> decode(byte[] packet) {
    if (!Envelope.isIntact(packet, VERSION)) {
      return null;
    }
    int at = Envelope.HEADER_BYTES;
    CodedInputStream in = CodedInputStream.newInstance(packet, at, packet.length - at);
    List<byte[]> messages = new ArrayList<>();
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == TAG) {
          messages.add(in.readByteArray());
        } else if (!in.skipField(tag)) {
          return null;
        }
      }
    } catch (IOException _) {
      return null;
    }
    return messages;
  }
}
