package dev.nucleusdb.raft.message;

import com.google.protobuf.CodedInputStream;
import dev.nucleusdb.core.codec.Envelope;
import dev.nucleusdb.core.network.Outgoing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// Several messages to one node in one: an [Envelope] around a `RaftPacket` (`raft.proto`), which
/// holds the messages as [RaftCodec] makes them, each in its own envelope.
public final class RaftPacket {
  /// The first byte of every packet.
  public static final byte CHANNEL = 'P';

  /// The version that this code speaks.
  public static final byte VERSION = 1;

  private static final int MESSAGES = 1;
  private static final int TAG = MESSAGES << 3 | FrameFields.LENGTH_DELIMITED;
  private static final int COUNT_EXPECTED = 32;

  private RaftPacket() {}

  /// The packet that holds these messages. Like them, it becomes bytes where it is sent from.
  ///
  /// @param messages handed over
  public static Outgoing of(List<Outgoing> messages) {
    int size = 0;
    for (Outgoing message : messages) {
      size += FrameFields.sizeOfDelimited(MESSAGES, message.size());
    }
    return new Packed(messages, Envelope.HEADER_BYTES + size);
  }

  private record Packed(List<Outgoing> messages, int size) implements Outgoing {
    @Override
    public void writeTo(ByteBuffer into) {
      int start = Envelope.begin(into, CHANNEL, VERSION);
      for (Outgoing message : messages) {
        FrameFields.writeLength(into, MESSAGES, message.size());
        message.writeTo(into);
      }
      Envelope.seal(into, start);
    }
  }

  /// Takes the messages of a packet.
  @FunctionalInterface
  public interface Sink {
    /// @param bytes the array of the packet
    /// @param offset where the message begins in it
    /// @param size its length
    void message(byte[] bytes, int offset, int size);
  }

  /// Hands over the messages of a packet, in their order, where they stand. What later versions may
  /// add is passed over.
  ///
  /// @return false if it is damaged, of another version, or no packet at all: then none was handed
  ///   over
  public static boolean read(byte[] bytes, int offset, int size, Sink sink) {
    if (!Envelope.isIntact(bytes, offset, size, VERSION)) {
      return false;
    }
    int start = offset + Envelope.HEADER_BYTES;
    int[] places = new int[2 * COUNT_EXPECTED];
    int count = 0;
    CodedInputStream in = CodedInputStream.newInstance(bytes, start, size - Envelope.HEADER_BYTES);
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == TAG) {
          int messageSize = in.readUInt32();
          places = count == places.length ? Arrays.copyOf(places, 2 * count) : places;
          places[count++] = start + in.getTotalBytesRead();
          places[count++] = messageSize;
          in.skipRawBytes(messageSize);
        } else if (!in.skipField(tag)) {
          return false;
        }
      }
    } catch (IOException _) {
      return false;
    }
    for (int i = 0; i < count; i += 2) {
      sink.message(bytes, places[i], places[i + 1]);
    }
    return true;
  }
}
