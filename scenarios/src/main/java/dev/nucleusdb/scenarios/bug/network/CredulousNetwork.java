package dev.nucleusdb.scenarios.bug.network;

import dev.nucleusdb.core.codec.Envelope;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.node.NodeContext;

/// A network that writes the right checksum over every message that arrives, so that a damaged one
/// passes.
public final class CredulousNetwork implements Network {
  private final Network network;

  private CredulousNetwork(Network network) {
    this.network = network;
  }

  /// The seams of a node on such a network.
  public static NodeContext of(NodeContext context) {
    return new NodeContext(
        context.id(),
        context.clock(),
        context.timers(),
        new CredulousNetwork(context.network()),
        context.disk(),
        context.random(),
        context.trace(),
        context.halt());
  }

  @Override
  public Address self() {
    return network.self();
  }

  @Override
  public boolean send(Address to, byte[] message) {
    return network.send(to, message);
  }

  @Override
  public void receive(Receiver receiver) {
    network.receive((from, message) -> {
      boolean whole = message.length >= Envelope.HEADER_BYTES;
      receiver.receive(from, whole ? Envelope.seal(message.clone()) : message);
    });
  }

  @Override
  public int maxMessageBytes() {
    return network.maxMessageBytes();
  }
}
