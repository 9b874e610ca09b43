package dev.nucleusdb.raft.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.codec.Envelope;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.ClusterId;
import dev.nucleusdb.raft.message.NodeBeatCodec.Beat;
import dev.nucleusdb.raft.wire.NodeBeat;
import org.junit.jupiter.api.Test;

class NodeBeatCodecTest {
  private static final Beat BEAT =
      new Beat(new NodeId(1), new NodeId(2), -5, 7, ClusterId.next(ClusterId.FOUNDED, 9));

  @Test
  void a_beat_arrives_as_it_was_sent() {
    assertThat(NodeBeatCodec.decode(NodeBeatCodec.encode(BEAT))).isEqualTo(BEAT);
  }

  @Test
  void a_beat_that_names_no_cluster_is_of_one_that_was_never_recovered() {
    byte[] body = NodeBeat.newBuilder().setSender(1).setReceiver(2).build().toByteArray();
    byte[] bytes = Envelope.allocate(NodeBeatCodec.CHANNEL, NodeBeatCodec.VERSION, body.length);
    System.arraycopy(body, 0, bytes, Envelope.HEADER_BYTES, body.length);
    assertThat(NodeBeatCodec.decode(Envelope.seal(bytes)))
        .isEqualTo(new Beat(new NodeId(1), new NodeId(2), 0, 0, ClusterId.FOUNDED));
  }

  @Test
  void a_damaged_beat_is_none() {
    byte[] bytes = NodeBeatCodec.encode(BEAT);
    for (int place = 1; place < bytes.length; place++) {
      byte[] damaged = bytes.clone();
      damaged[place] ^= 4;
      assertThat(NodeBeatCodec.decode(damaged)).as("byte %d", place).isNull();
    }
  }
}
