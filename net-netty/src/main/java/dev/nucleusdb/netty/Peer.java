package dev.nucleusdb.netty;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Outgoing;
import io.netty.channel.ChannelFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Somebody who is dialled. The first message dials and waits for the connection with those that
/// follow. When the dial fails or the connection ends, all that waits is dropped, and for a pause
/// that grows with each failure messages are refused at once: protocols repeat what matters and
/// would gain nothing from old messages, and a sender that is refused can turn to somebody else.
final class Peer implements Link.Owner {
  private final Address address;
  private final NettyOptions options;
  private final OddConnections odd;
  private final Function<Peer, Link> dialler;
  private @Nullable Link link;
  private int failureCount;
  private long refusedUntilNanos = System.nanoTime();

  /// @param dialler begins a dial whose link this peer owns; returns at once
  Peer(Address address, NettyOptions options, OddConnections odd, Function<Peer, Link> dialler) {
    this.address = address;
    this.options = options;
    this.odd = odd;
    this.dialler = dialler;
  }

  synchronized boolean send(Outgoing message) {
    Link current = link;
    if (current == null) {
      if (refusedUntilNanos - System.nanoTime() > 0) {
        return false;
      }
      current = dialler.apply(this);
      if (current.hasEnded()) {
        return false;
      }
      link = current;
    }
    return current.send(message);
  }

  synchronized boolean isIdle() {
    return link == null;
  }

  synchronized @Nullable Link link() {
    return link;
  }

  void connected(Link dialled, ChannelFuture result) {
    if (!result.isSuccess()) {
      dialled.failed(result.cause());
    }
  }

  @Override
  public Address greeted(Link greeted, Handshake handshake) {
    synchronized (this) {
      failureCount = 0;
    }
    odd.forget(address.name());
    return address;
  }

  @Override
  public void ended(Link ended, @Nullable String trouble) {
    synchronized (this) {
      if (link != null && link != ended) {
        return;
      }
      link = null;
      refusedUntilNanos = System.nanoTime() + pauseNanos(failureCount);
      failureCount++;
    }
    if (trouble != null) {
      odd.tell(address.name(), trouble);
    }
  }

  private long pauseNanos(int failures) {
    long pause = options.reconnectPauseMin().toNanos() << Math.min(failures, 16);
    long bounded = Math.min(pause, options.reconnectPauseMax().toNanos());
    return bounded - ThreadLocalRandom.current().nextLong(bounded / 2 + 1);
  }
}
