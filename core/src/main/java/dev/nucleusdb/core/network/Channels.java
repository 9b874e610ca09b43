package dev.nucleusdb.core.network;

import static dev.nucleusdb.core.assertion.Assertions.require;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Splits what one node receives by the first byte of each message, so that consensus and clients
/// share one network without knowing of each other. Messages of a channel that nobody serves are
/// counted and dropped.
public final class Channels implements Network.Receiver {
  private final Network network;
  private final Network.@Nullable Receiver[] receivers = new Network.@Nullable Receiver[256];
  private final List<Consumer<Address>> disconnections = new ArrayList<>();
  private long unclaimedCount;

  /// Takes over the receiving side of `network`.
  public Channels(Network network) {
    this.network = network;
    network.receive(this);
  }

  /// The network underneath, for sending.
  public Network network() {
    return network;
  }

  /// Claims the messages that begin with `channel`.
  ///
  /// @throws IllegalArgumentException if somebody has claimed it
  public void claim(byte channel, Network.Receiver receiver) {
    require(receivers[channel & 0xff] == null, "channel %d is claimed already", channel);
    receivers[channel & 0xff] = receiver;
  }

  /// Who is told when a connection has ended, whatever came over it.
  public void onDisconnected(Consumer<Address> listener) {
    disconnections.add(listener);
  }

  /// How many messages came for channels that nobody serves.
  public long unclaimedCount() {
    return unclaimedCount;
  }

  @Override
  public void disconnected(Address from) {
    disconnections.forEach(listener -> listener.accept(from));
  }

  @Override
  public void receive(Address from, byte[] message) {
    Network.Receiver receiver = receiver(message, 0, message.length);
    if (receiver != null) {
      receiver.receive(from, message);
    }
  }

  @Override
  public void receiveLent(Address from, byte[] bytes, int offset, int size) {
    Network.Receiver receiver = receiver(bytes, offset, size);
    if (receiver != null) {
      receiver.receiveLent(from, bytes, offset, size);
    }
  }

  private Network.@Nullable Receiver receiver(byte[] bytes, int offset, int size) {
    Network.Receiver receiver = size == 0 ? null : receivers[bytes[offset] & 0xff];
    unclaimedCount += receiver == null ? 1 : 0;
    return receiver;
  }
}
