package dev.nucleusdb.peers.microraft;

import dev.nucleusdb.bench.system.Place;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.system.NodeThread;
import dev.nucleusdb.core.system.NodeThreadOptions;
import dev.nucleusdb.core.system.SystemClock;
import dev.nucleusdb.netty.NettyNetwork;
import dev.nucleusdb.netty.NettyOptions;
import io.microraft.RaftEndpoint;
import io.microraft.RaftNode;
import io.microraft.model.message.RaftMessage;
import io.microraft.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// MicroRaft's messages over our network seam.
final class NettyTransport implements Transport, AutoCloseable {
  private final MessageCodec codec;
  private final NodeThread thread;
  private final NettyNetwork network;
  private final List<Address> addresses;

  NettyTransport(Place place, MessageCodec codec) {
    this.codec = codec;
    this.thread =
        NodeThread.start(
            "deliver " + place.index(),
            new SystemClock(Duration.ofMillis(100)),
            NodeThreadOptions.DEFAULT,
            (reason, failure) -> System.err.println("delivery stops: " + reason));
    this.addresses =
        IntStream.range(0, place.ports().size())
            .mapToObj(i -> new Address(place.address(i)))
            .toList();
    this.network = NettyNetwork.node(addresses.get(place.index()), thread, NettyOptions.DEFAULT);
  }

  void deliverTo(RaftNode node) {
    network.receive((from, bytes) -> node.handle(codec.decode(bytes)));
  }

  @Override
  public void send(RaftEndpoint target, RaftMessage message) {
    byte[] bytes = codec.encode(message);
    if (bytes != null) {
      network.send(addresses.get(Endpoint.indexOf(target)), bytes);
    }
  }

  @Override
  public boolean isReachable(RaftEndpoint endpoint) {
    return true;
  }

  @Override
  public void close() {
    thread.close();
    network.close();
  }
}
