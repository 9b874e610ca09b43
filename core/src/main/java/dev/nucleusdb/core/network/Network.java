package dev.nucleusdb.core.network;

import java.util.Arrays;

/// Sends and receives whole messages, best effort.
///
/// Contract (`NetworkContract`): a message arrives whole or not at all; it may be lost, arrive
/// twice, late, or out of order, and nothing tells the sender which. A message that arrives was
/// sent, byte for byte, by the address it names. Neither side may change a message's bytes after
/// handing them over. Receivers run on the node's thread. What they are lent
/// ([Receiver#receiveLent]) is theirs until they return.
public interface Network {

  /// The address under which others reach this node.
  Address self();

  /// Hands over a message and returns at once.
  ///
  /// @return false if it is certain that the message will not be sent (the queue to that peer is
  ///   full, or there is no way to it); true promises nothing
  /// @throws IllegalArgumentException if the message is larger than [#maxMessageBytes]
  boolean send(Address to, byte[] message);

  /// As above, for a message that need not be bytes yet.
  default boolean send(Address to, Outgoing message) {
    return send(to, message.toBytes());
  }

  /// A hint that what was sent should leave now: the node has something else to do that takes its
  /// time, and others could begin meanwhile. Without it, what is sent leaves when the node has
  /// handled what has come to it.
  default void flush() {}

  /// Sets the one receiver of this node; messages that came before are dropped.
  void receive(Receiver receiver);

  /// The largest message that this network carries, in bytes.
  int maxMessageBytes();

  /// What a node does with a message.
  @FunctionalInterface
  interface Receiver {
    /// @param from who sent it
    /// @param message its bytes, not to be changed
    void receive(Address from, byte[] message);

    /// As above, for a message that is lent: the array is used again for others as soon as this
    /// returns, so whoever keeps any of its bytes copies those. By default all of them are copied.
    ///
    /// @param bytes where it stands, not to be changed; what is around it means nothing
    /// @param offset where it begins
    /// @param size its length in bytes
    default void receiveLent(Address from, byte[] bytes, int offset, int size) {
      receive(from, Arrays.copyOfRange(bytes, offset, offset + size));
    }

    /// The connection over which messages of `from` came has ended, at its side or on the way: its
    /// process may be over. A hint and no more: it may come late, again, or not at all (a machine
    /// that loses its power says nothing), and `from` may be alive, and heard at once.
    default void disconnected(Address from) {}
  }

  /// A receiver that keeps nothing of the bytes that it is handed.
  @FunctionalInterface
  interface Borrower extends Receiver {
    @Override
    void receiveLent(Address from, byte[] bytes, int offset, int size);

    @Override
    default void receive(Address from, byte[] message) {
      receiveLent(from, message, 0, message.length);
    }
  }
}
