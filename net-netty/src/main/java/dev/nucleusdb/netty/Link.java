package dev.nucleusdb.netty;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Outgoing;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection, from the dial or the accept to its end: writes what its outbox holds, reads
/// frames into the inbox, and watches for signs of life. All but `send`, `resumeReading` and
/// `close` happens on the node's thread.
final class Link extends ChannelInboundHandlerAdapter implements FrameReader.Sink {
  private static final int CHUNK_BYTES = 256 * 1024;
  private static final long RETRY_PAUSE_MILLIS = 1;

  /// Who has to know how the connection fares.
  interface Owner {
    /// The handshake came.
    ///
    /// @return under which address its messages are delivered
    /// @throws ProtocolException if the other side is not wanted
    Address greeted(Link link, Handshake handshake) throws ProtocolException;

    /// The connection has ended, or could not be made.
    ///
    /// @param trouble one line; null if it ended as connections end
    void ended(Link link, @Nullable String trouble);
  }

  private final NettyOptions options;
  private final Inbox inbox;
  private final Owner owner;
  private final Sockets sockets;
  private final EventLoop loop;
  private final boolean dialled;
  private final Handshake ownHandshake;
  private final Outbox outbox;
  private final FrameReader reader;
  private volatile @Nullable Channel channel;
  private volatile boolean closed;
  private @Nullable Address from;
  private @Nullable String trouble;
  private boolean readingPaused;
  private long signOfLifeNanos;

  Link(
      NettyOptions options,
      Inbox inbox,
      Owner owner,
      Sockets sockets,
      boolean dialled,
      Handshake ownHandshake) {
    this.options = options;
    this.inbox = inbox;
    this.owner = owner;
    this.sockets = sockets;
    this.loop = sockets.loop();
    this.dialled = dialled;
    this.ownHandshake = ownHandshake;
    this.outbox = new Outbox(options.outboxMessagesMax(), options.outboxBytesMax());
    this.reader = new FrameReader(options.maxMessageBytes(), inbox.arrays(), this);
  }

  /// Queues a message. From any thread.
  ///
  /// @return false if the outbox is full or the connection has ended
  boolean send(Outgoing message) {
    Outbox.Put put = outbox.put(message);
    if (put == Outbox.Put.SCHEDULE) {
      return drainSoon();
    }
    return put == Outbox.Put.WAITS;
  }

  Outbox outbox() {
    return outbox;
  }

  /// Whether it takes no more.
  boolean hasEnded() {
    return closed;
  }

  /// Ends the connection. From any thread.
  void close() {
    closed = true;
    Channel open = channel;
    if (open != null) {
      var _ = open.close();
    }
  }

  /// The dial did not succeed.
  void failed(Throwable cause) {
    closed = true;
    outbox.close();
    owner.ended(this, "cannot be reached: " + cause.getMessage());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (closed) {
      var _ = context.close();
      return;
    }
    signOfLifeNanos = System.nanoTime();
    if (dialled) {
      greet(context.channel());
    }
    schedule(this::requireHandshake, options.handshakeTimeout().toMillis());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (context.channel().isActive()) {
        signOfLifeNanos = System.nanoTime();
        reader.read(bytes);
      }
    } catch (ProtocolException e) {
      end(e.getMessage());
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    drain();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closed = true;
    outbox.close();
    if (from == null) {
      inbox.forget(this);
    } else {
      inbox.ended(from, this);
    }
    owner.ended(this, trouble);
  }

  /// Resets, unreachable hosts: the connection is over, which is all that matters.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof java.io.IOException)) {
      trouble = "closed a connection: " + cause;
    }
    var _ = context.close();
  }

  @Override
  public void handshake(Handshake handshake) throws ProtocolException {
    from = owner.greeted(this, handshake);
    Channel open = channel;
    if (!dialled && open != null) {
      greet(open);
    }
    schedule(this::watch, options.pingInterval().toMillis());
    drain();
  }

  @Override
  public void message(byte[] bytes, int size) {
    Address sender = from;
    if (sender != null) {
      inbox.put(sender, bytes, size, this);
    }
  }

  @Override
  public void ping() {
    outbox.putPong();
    drain();
  }

  @Override
  public void pong() {
    // Being read was its purpose.
  }

  /// Reads no more until [#resumeReading]; what the last read brought is still delivered.
  void pauseReading() {
    readingPaused = true;
    setAutoRead(false);
    retrySoon();
  }

  /// From any thread.
  void resumeReading() {
    execute(() -> {
      if (!inbox.holds(this)) {
        readingPaused = false;
        signOfLifeNanos = System.nanoTime();
        setAutoRead(true);
      }
    });
  }

  /// Has the inbox try again to reach the node's thread, whose queue may have been full.
  void retrySoon() {
    schedule(() -> inbox.retry(this), RETRY_PAUSE_MILLIS);
  }

  private void setAutoRead(boolean reads) {
    Channel open = channel;
    if (open != null) {
      open.config().setAutoRead(reads);
    }
  }

  private void greet(Channel open) {
    ByteBuf bytes = open.alloc().directBuffer(Frame.ADDRESS_BYTES_MAX + 16);
    ownHandshake.write(bytes);
    var _ = open.writeAndFlush(bytes, open.voidPromise());
  }

  private boolean drainSoon() {
    if (loop.inEventLoop()) {
      sockets.writeSoon(this);
      return true;
    }
    return execute(this::drain);
  }

  /// Writes what the outbox holds, as far as the socket takes it.
  void drain() {
    outbox.drainBegins();
    Channel open = channel;
    if (from == null || open == null) {
      return;
    }
    boolean wrote = false;
    int bytes = outbox.bytesToWrite(CHUNK_BYTES);
    while (bytes > 0 && open.isWritable()) {
      ByteBuf chunk = open.alloc().directBuffer(bytes, bytes);
      try {
        outbox.fill(chunk);
      } catch (RuntimeException e) {
        chunk.release();
        end("a message could not be written: " + e);
        return;
      }
      var _ = open.write(chunk, open.voidPromise());
      wrote = true;
      bytes = outbox.bytesToWrite(CHUNK_BYTES);
    }
    if (wrote) {
      if (outbox.pingWaits()) {
        signOfLifeNanos = System.nanoTime();
      }
      open.flush();
    }
  }

  private void requireHandshake() {
    if (!reader.isGreeted() && !closed) {
      end("no handshake came within " + options.handshakeTimeout().toMillis() + " ms");
    }
  }

  private void watch() {
    if (closed) {
      return;
    }
    long silenceNanos = System.nanoTime() - signOfLifeNanos;
    if (!readingPaused && silenceNanos > options.silenceMax().toNanos()) {
      end("nothing came for " + options.silenceMax().toMillis() + " ms");
      return;
    }
    if (dialled) {
      outbox.putPing();
      drain();
    }
    schedule(this::watch, options.pingInterval().toMillis());
  }

  private void end(@Nullable String reason) {
    trouble = "closed a connection: " + reason;
    close();
  }

  private boolean execute(Runnable task) {
    try {
      loop.execute(task);
      return true;
    } catch (RejectedExecutionException _) {
      return false;
    }
  }

  private void schedule(Runnable task, long afterMillis) {
    try {
      var _ = loop.schedule(task, afterMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      // The network is closing.
    }
  }
}
