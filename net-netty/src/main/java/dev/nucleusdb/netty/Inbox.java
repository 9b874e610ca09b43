package dev.nucleusdb.netty;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.system.NodeThread;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Messages that have arrived, and ends of connections, and wait for the node's thread. When it is
/// full, connections that bring more are no longer read, and the senders feel it in their own
/// outboxes; nothing that has arrived is dropped.
final class Inbox {
  /// So many messages are delivered before the node's timers and other tasks have their turn.
  static final int DELIVERED_AT_ONCE_MAX = 1024;

  /// @param bytes begin with the message; null for the end of the connection
  private record Delivery(Address from, byte @Nullable [] bytes, int size) {
    int heldBytes() {
      return bytes == null ? 0 : bytes.length;
    }
  }

  private final NodeThread thread;
  private final MessageArrays arrays = new MessageArrays();
  private final int messagesMax;
  private final long bytesMax;
  private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
  private final Set<Link> paused = new LinkedHashSet<>();
  private long waitingBytes;
  private boolean deliveryQueued;
  private volatile Network.@Nullable Receiver receiver;

  Inbox(NodeThread thread, NettyOptions options) {
    this.thread = thread;
    this.messagesMax = options.inboxMessagesMax();
    this.bytesMax = options.inboxBytesMax();
  }

  void receive(Network.Receiver newReceiver) {
    receiver = newReceiver;
  }

  /// Where messages stand until they were received. On the node's thread.
  MessageArrays arrays() {
    return arrays;
  }

  /// A message has arrived over `link`, which is paused if there is no more room. On the node's
  /// thread.
  ///
  /// @param bytes of [#arrays]; begin with the message
  void put(Address from, byte[] bytes, int size, Link link) {
    if (receiver == null) {
      arrays.giveBack(bytes);
      return;
    }
    synchronized (this) {
      waiting.add(new Delivery(from, bytes, size));
      waitingBytes += bytes.length;
      boolean queued = queueDelivery();
      if ((isFull() || !queued) && paused.add(link)) {
        link.pauseReading();
      }
    }
  }

  /// The connection of `link` has ended, over which somebody was heard.
  synchronized void ended(Address from, Link link) {
    paused.remove(link);
    if (receiver != null) {
      waiting.add(new Delivery(from, null, 0));
      queueDelivery();
    }
  }

  /// The node's queue was full: try again, and read on if it is not any more.
  synchronized void retry(Link link) {
    if (!paused.contains(link)) {
      return;
    }
    if (!queueDelivery()) {
      link.retrySoon();
    } else if (!isFull()) {
      paused.remove(link);
      link.resumeReading();
    }
  }

  /// Whether a link has to go on waiting.
  synchronized boolean holds(Link link) {
    return paused.contains(link);
  }

  synchronized void forget(Link link) {
    paused.remove(link);
  }

  synchronized int waitingCount() {
    return waiting.size();
  }

  synchronized long waitingBytes() {
    return waitingBytes;
  }

  private boolean isFull() {
    return waiting.size() >= messagesMax || waitingBytes >= bytesMax;
  }

  private boolean queueDelivery() {
    if (!deliveryQueued && !waiting.isEmpty()) {
      deliveryQueued = thread.offer(this::deliver);
    }
    return deliveryQueued || waiting.isEmpty();
  }

  private void deliver() {
    for (int count = 0; count < DELIVERED_AT_ONCE_MAX && !thread.isEnding(); count++) {
      Delivery next = take();
      if (next == null) {
        return;
      }
      Network.Receiver current = receiver;
      if (current != null) {
        hand(next, current);
      }
    }
    synchronized (this) {
      deliveryQueued = !waiting.isEmpty();
      if (deliveryQueued) {
        thread.execute(this::deliver);
      }
    }
  }

  private void hand(Delivery next, Network.Receiver to) {
    byte[] bytes = next.bytes();
    if (bytes == null) {
      to.disconnected(next.from());
    } else if (MessageArrays.servesAgain(bytes)) {
      to.receiveLent(next.from(), bytes, 0, next.size());
      arrays.giveBack(bytes);
    } else {
      to.receive(next.from(), bytes);
    }
  }

  private synchronized @Nullable Delivery take() {
    Delivery next = waiting.poll();
    if (next == null) {
      deliveryQueued = false;
    } else {
      waitingBytes -= next.heldBytes();
    }
    if (!paused.isEmpty() && waiting.size() <= messagesMax / 2 && waitingBytes <= bytesMax / 2) {
      paused.forEach(Link::resumeReading);
      paused.clear();
    }
    return next;
  }
}
