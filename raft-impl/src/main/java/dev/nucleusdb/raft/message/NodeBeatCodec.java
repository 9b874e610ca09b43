package dev.nucleusdb.raft.message;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.nucleusdb.core.codec.Envelope;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.wire.NodeBeat;
import org.jspecify.annotations.Nullable;

/// Signs of life between nodes: an [Envelope] around a `NodeBeat` (`raft.proto`).
public final class NodeBeatCodec {
  /// The first byte of every beat.
  public static final byte CHANNEL = 'B';

  /// The version that this code speaks.
  public static final byte VERSION = 1;

  private NodeBeatCodec() {}

  /// A sign of life.
  ///
  /// @param sender who is alive
  /// @param receiver whom it is for
  /// @param incarnation drawn when the sender started
  /// @param number rising within the incarnation
  /// @param clusterId the cluster that the sender belongs to
  public record Beat(
      NodeId sender, NodeId receiver, long incarnation, long number, long clusterId) {}

  /// A beat as bytes.
  public static byte[] encode(Beat beat) {
    byte[] body =
        NodeBeat.newBuilder()
            .setSender(beat.sender().value())
            .setReceiver(beat.receiver().value())
            .setIncarnation(beat.incarnation())
            .setNumber(beat.number())
            .setCluster(beat.clusterId())
            .build()
            .toByteArray();
    byte[] bytes = Envelope.allocate(CHANNEL, VERSION, body.length);
    System.arraycopy(body, 0, bytes, Envelope.HEADER_BYTES, body.length);
    return Envelope.seal(bytes);
  }

  /// The beat in `bytes`, or null if they are damaged, of another version, or no beat at all.
  public static @Nullable Beat decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /// As above, for a beat that stands in an array with others.
  public static @Nullable Beat decode(byte[] bytes, int offset, int size) {
    if (!Envelope.isIntact(bytes, offset, size, VERSION)) {
      return null;
    }
    int header = Envelope.HEADER_BYTES;
    try {
      NodeBeat beat = NodeBeat.parser().parseFrom(bytes, offset + header, size - header);
      return beat.getSender() <= 0 || beat.getReceiver() <= 0
          ? null
          : new Beat(
              new NodeId(beat.getSender()),
              new NodeId(beat.getReceiver()),
              beat.getIncarnation(),
              beat.getNumber(),
              beat.getCluster());
    } catch (InvalidProtocolBufferException _) {
      return null;
    }
  }
}
