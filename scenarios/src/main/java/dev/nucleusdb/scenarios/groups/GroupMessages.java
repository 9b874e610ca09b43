package dev.nucleusdb.scenarios.groups;

import dev.nucleusdb.database.gateway.ClientCodec;
import dev.nucleusdb.raft.message.NodeBeatCodec;
import dev.nucleusdb.raft.message.RaftCodec;
import dev.nucleusdb.raft.message.RaftMessageName;
import dev.nucleusdb.raft.message.RaftPacket;
import dev.nucleusdb.sim.network.MessageNames;
import java.util.ArrayList;
import java.util.List;

/// What the messages of many groups are called in plans and traces.
final class GroupMessages implements MessageNames {
  private static final String REQUEST = "client.request";
  private static final String ANSWER = "client.answer";
  private static final String PACKET = "raft.packet";
  private static final String BEAT = "raft.beat";

  @Override
  public String nameOf(byte[] message) {
    return switch (message.length == 0 ? 0 : message[0]) {
      case RaftCodec.CHANNEL -> {
        RaftMessageName name = RaftMessageName.of(message);
        yield name == null ? "" : name.label();
      }
      case RaftPacket.CHANNEL -> PACKET;
      case NodeBeatCodec.CHANNEL -> BEAT;
      case ClientCodec.REQUEST_CHANNEL -> REQUEST;
      case ClientCodec.ANSWER_CHANNEL -> ANSWER;
      default -> "";
    };
  }

  @Override
  public List<String> all() {
    List<String> all = new ArrayList<>();
    for (RaftMessageName name : RaftMessageName.values()) {
      all.add(name.label());
    }
    all.addAll(List.of(PACKET, BEAT, REQUEST, ANSWER));
    return all;
  }
}
