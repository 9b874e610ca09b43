package dev.nucleusdb.raft.message;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import dev.nucleusdb.core.codec.Envelope;
import dev.nucleusdb.core.network.Outgoing;
import java.io.IOException;
import java.nio.ByteBuffer;
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
  private static final int TAG_BYTES = 1;

  private RaftPacket() {}

  /// The packet that holds these messages. Like them, it becomes bytes where it is sent from.
  ///
  /// @param messages handed over
  public static Outgoing of(List<Outgoing> messages) {
    int size = 0;
    for (Outgoing message : messages) {
      size += TAG_BYTES + CodedOutputStream.computeUInt32SizeNoTag(message.size()) + message.size();
    }
    return new Packed(messages, Envelope.HEADER_BYTES + size);
  }

  private record Packed(List<Outgoing> messages, int size) implements Outgoing {
    @Override
    public void writeTo(ByteBuffer into) {
      int start = Envelope.begin(into, CHANNEL, VERSION);
      for (Outgoing message : messages) {
        into.put((byte) TAG);
        writeLength(into, message.size());
        message.writeTo(into);
      }
      Envelope.seal(into, start);
    }

    private static void writeLength(ByteBuffer into, int length) {
      int left = length;
      while (left >= 1 << 7) {
        into.put((byte) (left | 1 << 7));
        left >>>= 7;
      }
      into.put((byte) left);
    }
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
