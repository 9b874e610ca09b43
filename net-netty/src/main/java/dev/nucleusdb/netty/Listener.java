package dev.nucleusdb.netty;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Outgoing;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The accepted connections: those of nodes bring messages under the nodes' own addresses, those of
/// clients under a made-up one, `client-N@host:port`, which is good for as long as the connection.
final class Listener implements Link.Owner {
  private final NettyOptions options;
  private final OddConnections odd;
  private final Map<Link, Address> links = new ConcurrentHashMap<>();
  private final Map<Address, Link> clients = new ConcurrentHashMap<>();
  private final AtomicLong clientCount = new AtomicLong();

  Listener(NettyOptions options, OddConnections odd) {
    this.options = options;
    this.odd = odd;
  }

  /// @param accepted who has connected
  /// @return false if it is one too many
  boolean add(Link link, Channel accepted) {
    Address remote = remoteOf(accepted);
    if (links.size() >= options.connectionsMax()) {
      odd.tell(
          hostOf(remote),
          "refused a connection: there are " + options.connectionsMax() + " already");
      return false;
    }
    links.put(link, remote);
    return true;
  }

  /// Sends to a client.
  ///
  /// @return false if its connection is gone or cannot take more
  boolean send(Address client, Outgoing message) {
    Link link = clients.get(client);
    return link != null && link.send(message);
  }

  int connectionCount() {
    return links.size();
  }

  @Override
  public Address greeted(Link link, Handshake handshake) {
    if (!handshake.address().isEmpty()) {
      return new Address(handshake.address());
    }
    Address remote = links.getOrDefault(link, new Address("closed:0"));
    Address client = new Address("client-" + clientCount.incrementAndGet() + "@" + remote.name());
    links.put(link, client);
    clients.put(client, link);
    return client;
  }

  @Override
  public void ended(Link link, @Nullable String trouble) {
    Address address = links.remove(link);
    if (address == null) {
      return;
    }
    clients.remove(address);
    if (trouble != null) {
      odd.tell(hostOf(address), trouble);
    }
  }

  /// Names the remote side as it is seen here.
  static Address remoteOf(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress socket
        ? new HostPort(socket.getAddress().getHostAddress(), socket.getPort()).toAddress()
        : new Address("unknown:0");
  }

  private static String hostOf(Address address) {
    String name = address.name();
    return name.substring(name.indexOf('@') + 1, name.lastIndexOf(':'));
  }
}
