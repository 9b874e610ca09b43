package dev.nucleusdb.sim.fiber;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The messages of one host. A first byte that a layer has claimed leads to that layer; everything
/// else waits in the inbox to be received, whole, in the order of arrival. What the network does to
/// messages it does to these.
public final class Post {
  private final Network network;
  private final FiberChannel<Letter> inbox;
  private final Network.@Nullable Receiver[] claims = new Network.@Nullable Receiver[256];
  private long droppedCount;

  Post(Fibers home, Network network, int inboxMax) {
    this.network = network;
    this.inbox = home.channel(inboxMax);
    network.receive(this::dispatch);
  }

  /// Sends a message; never waits.
  ///
  /// @return false if it is certain that it was not sent
  public boolean send(Address to, byte[] message) {
    return network.send(to, message);
  }

  /// Waits for the next message.
  public Letter receive() {
    return inbox.take();
  }

  /// Waits for the next message, for a while.
  ///
  /// @return null if none came
  public @Nullable Letter receive(Duration timeout) {
    return inbox.take(timeout);
  }

  /// How many messages found the inbox full.
  public long droppedCount() {
    return droppedCount;
  }

  /// Leads messages that begin with a byte to a layer.
  ///
  /// @throws IllegalArgumentException if the byte is claimed
  public void claim(byte first, Network.Receiver receiver) {
    require(claims[first & 0xff] == null, "messages that begin with %d are claimed", first);
    claims[first & 0xff] = receiver;
  }

  /// The largest message, in bytes.
  public int maxMessageBytes() {
    return network.maxMessageBytes();
  }

  private void dispatch(Address from, byte[] message) {
    Network.Receiver layer = message.length == 0 ? null : claims[message[0] & 0xff];
    if (layer != null) {
      layer.receive(from, message);
    } else if (!inbox.offerLast(new Letter(from, message))) {
      droppedCount++;
    }
  }
}
