package dev.nucleusdb.sim.network;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.sim.time.Host;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The network as one incarnation sees it. Falls silent with its host.
public final class Endpoint implements Network {
  private final SimulatedNetwork network;
  private final Host host;
  private final int epoch;
  private final Map<Address, Link> links = new LinkedHashMap<>();
  private @Nullable Receiver receiver;

  Endpoint(SimulatedNetwork network, Host host, int epoch) {
    this.network = network;
    this.host = host;
    this.epoch = epoch;
  }

  @Override
  public Address self() {
    return host.actor().address();
  }

  @Override
  public boolean send(Address to, byte[] message) {
    require(
        message.length <= maxMessageBytes(),
        "a message of %d bytes to %s is larger than %d",
        message.length,
        to,
        maxMessageBytes());
    if (!host.isAlive()) {
      return false;
    }
    host.point("network.send");
    Link link = links.get(to);
    if (link == null) {
      link = network.link(host.actor(), to);
      if (link == null) {
        return false;
      }
      links.put(to, link);
    }
    return network.send(link, message);
  }

  @Override
  public void receive(Receiver newReceiver) {
    this.receiver = newReceiver;
  }

  @Override
  public int maxMessageBytes() {
    return network.profile().maxMessageBytes();
  }

  Host host() {
    return host;
  }

  int epoch() {
    return epoch;
  }

  @Nullable Receiver receiver() {
    return receiver;
  }
}
