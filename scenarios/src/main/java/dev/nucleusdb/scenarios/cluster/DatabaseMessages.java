package dev.nucleusdb.scenarios.cluster;

import dev.nucleusdb.database.gateway.ClientCodec;
import dev.nucleusdb.raft.message.RaftCodec;
import dev.nucleusdb.raft.message.RaftMessageName;
import dev.nucleusdb.sim.network.MessageNames;
import java.util.ArrayList;
import java.util.List;

/// What the messages of a database are called in plans and traces.
final class DatabaseMessages implements MessageNames {
  private static final String REQUEST = "client.request";
  private static final String ANSWER = "client.answer";

  @Override
  public String nameOf(byte[] message) {
    return switch (message.length == 0 ? 0 : message[0]) {
      case RaftCodec.CHANNEL -> {
        RaftMessageName name = RaftMessageName.of(message);
        yield name == null ? "" : name.label();
      }
      case ClientCodec.REQUEST_CHANNEL -> REQUEST;
      case ClientCodec.ANSWER_CHANNEL -> ANSWER;
      default -> "";
    };
  }

  @Override
  public List<String> all() {
    List<String> all = new ArrayList<>();
    for (RaftMessageName name : RaftMessageName.values()) {
      // A group that is alone on its nodes does not sleep.
      if (name != RaftMessageName.SLEEP && name != RaftMessageName.WAKE) {
        all.add(name.label());
      }
    }
    all.add(REQUEST);
    all.add(ANSWER);
    return all;
  }
}
