package dev.nucleusdb.netty;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.system.NodeThread;
import dev.nucleusdb.core.system.NodeThreadOptions;
import dev.nucleusdb.core.system.SystemClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// A node's thread with its network, for tests: keeps what it receives.
final class Endpoint implements AutoCloseable {
  record Received(Address from, byte[] message) {}

  final NodeThread thread;
  final NettyNetwork network;
  final List<Received> received = new CopyOnWriteArrayList<>();

  private Endpoint(Function<NodeThread, NettyNetwork> maker, NodeThreadOptions options) {
    this.thread =
        NodeThread.start(
            "endpoint", new SystemClock(Duration.ZERO), options, (reason, failure) -> {});
    try {
      this.network = maker.apply(thread);
    } catch (RuntimeException e) {
      thread.close();
      throw e;
    }
  }

  static Endpoint node() {
    return node(0, NettyOptions.DEFAULT);
  }

  static Endpoint node(int port, NettyOptions options) {
    return node(port, options, NodeThreadOptions.DEFAULT);
  }

  static Endpoint node(int port, NettyOptions options, NodeThreadOptions threadOptions) {
    Address listen = new Address("127.0.0.1:" + port);
    return new Endpoint(thread -> NettyNetwork.node(listen, thread, options), threadOptions);
  }

  static Endpoint client(NettyOptions options) {
    return new Endpoint(thread -> NettyNetwork.client(thread, options), NodeThreadOptions.DEFAULT);
  }

  Endpoint keepAll() {
    return receive((from, message) -> received.add(new Received(from, message)));
  }

  Endpoint receive(Network.Receiver receiver) {
    thread.run(() -> network.receive(receiver));
    return this;
  }

  Address address() {
    return network.self();
  }

  int port() {
    return HostPort.parse(address().name()).port();
  }

  boolean send(Address to, byte[] message) {
    return thread.call(() -> network.send(to, message));
  }

  @Override
  public void close() {
    network.close();
    thread.close();
  }
}
