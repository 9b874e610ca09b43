package dev.nucleusdb.raft.group;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.network.Outgoing;
import dev.nucleusdb.raft.message.RaftPacket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the groups of a node say to others: at once, or gathered into one packet to each peer.
final class Outbox {
  private static final class Waiting {
    List<Outgoing> messages = new ArrayList<>();
    int bytes;
  }

  private final Network network;
  private final Turns turns;
  private final int packetBytesMax;
  private final Map<Address, Waiting> waitingByPeer = new LinkedHashMap<>();

  Outbox(Network network, Turns turns, int packetBytesMax) {
    this.network = network;
    this.turns = turns;
    this.packetBytesMax = packetBytesMax;
  }

  void send(Address to, Outgoing message) {
    if (!turns.areGathered()) {
      network.send(to, message);
      return;
    }
    Waiting waiting = waitingByPeer.computeIfAbsent(to, key -> new Waiting());
    if (waiting.bytes + message.size() > packetBytesMax) {
      send(to, waiting);
    }
    waiting.messages.add(message);
    waiting.bytes += message.size();
    turns.endSoon();
  }

  void flush() {
    waitingByPeer.forEach(this::send);
    waitingByPeer.clear();
  }

  /// A lone message goes as it is.
  private void send(Address to, Waiting waiting) {
    List<Outgoing> messages = waiting.messages;
    sometimes("one packet carries messages of several groups", messages.size() > 1);
    if (messages.isEmpty()) {
      return;
    }
    network.send(to, messages.size() == 1 ? messages.getFirst() : RaftPacket.of(messages));
    waiting.messages = new ArrayList<>();
    waiting.bytes = 0;
  }
}
