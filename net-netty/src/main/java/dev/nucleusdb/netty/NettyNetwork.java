package dev.nucleusdb.netty;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.network.Outgoing;
import dev.nucleusdb.core.system.NodeThread;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The network seam over TCP. A node listens and dials; a client only dials.
///
/// Messages to one peer travel over one connection, in order, while it lasts; when it ends, what
/// was under way is lost. Nothing here waits: `send` queues or refuses.
///
/// The node's thread reads and writes the sockets itself, between its tasks, so that neither a
/// message that comes nor one that goes has to wake another thread; on a machine of few cores such
/// a wake costs as much as the message. What may be called from other threads says so.
public final class NettyNetwork implements Network, AutoCloseable {
  private static final WriteBufferWaterMark WRITE_BUFFER =
      new WriteBufferWaterMark(128 * 1024, 512 * 1024);

  private final NettyOptions options;
  private final OddConnections odd = new OddConnections();
  private final Inbox inbox;
  private final NodeThread thread;
  private final Sockets sockets;
  private final EventLoop loop;
  private final HostResolver resolver;
  private final Map<Address, Peer> peers = new ConcurrentHashMap<>();
  private final Listener listener;
  private final Address self;
  private final Handshake handshake;
  private volatile boolean closed;

  private NettyNetwork(
      @Nullable HostPort listen,
      @Nullable HostPort advertised,
      NodeThread thread,
      NettyOptions options) {
    this.options = options;
    this.inbox = new Inbox(thread, options);
    this.listener = new Listener(options, odd);
    String name = listen == null ? "net client" : "net " + listen;
    this.resolver = new HostResolver(name + " names");
    this.thread = thread;
    this.sockets = thread.call(() -> new Sockets(Thread.currentThread()));
    this.loop = sockets.loop();
    thread.serve(sockets);
    if (listen == null) {
      this.self = new Address("client");
      this.handshake = new Handshake("");
    } else {
      HostPort reached = advertised == null ? listen : advertised;
      Channel bound = listen(listen);
      this.self = withPortOf(bound, reached).toAddress();
      this.handshake = new Handshake(self.name());
      bound.config().setAutoRead(true);
    }
  }

  /// A node's endpoint, which others reach under the address it listens on.
  ///
  /// @param listen `host:port`; with port 0 the operating system chooses one, see [#self]
  /// @param thread where messages are delivered
  /// @throws IllegalArgumentException if the address is none
  /// @throws NetworkException if it cannot be listened on; one line that names it
  public static NettyNetwork node(Address listen, NodeThread thread, NettyOptions options) {
    return new NettyNetwork(HostPort.parse(listen.name()), null, thread, options);
  }

  /// As above, for a node that others reach under another address than it listens on (`0.0.0.0`, a
  /// container).
  ///
  /// @param advertised `host:port` under which others dial it
  public static NettyNetwork node(
      Address listen, Address advertised, NodeThread thread, NettyOptions options) {
    return new NettyNetwork(
        HostPort.parse(listen.name()), HostPort.parse(advertised.name()), thread, options);
  }

  /// A client's endpoint: it dials nodes, and they answer over the same connection.
  ///
  /// @param thread where messages are delivered
  public static NettyNetwork client(NodeThread thread, NettyOptions options) {
    return new NettyNetwork(null, null, thread, options);
  }

  @Override
  public Address self() {
    return self;
  }

  /// {@inheritDoc} On the node's thread.
  @Override
  public void flush() {
    sockets.flush();
  }

  @Override
  public int maxMessageBytes() {
    return options.maxMessageBytes();
  }

  @Override
  public void receive(Receiver receiver) {
    inbox.receive(receiver);
  }

  /// {@inheritDoc} From any thread.
  @Override
  public boolean send(Address to, byte[] message) {
    return send(to, new Outgoing.Whole(message));
  }

  /// {@inheritDoc} From any thread. It is written when the tasks that the node's thread has taken
  /// have had their turn.
  @Override
  public boolean send(Address to, Outgoing message) {
    require(
        message.size() <= options.maxMessageBytes(),
        "a message of %d bytes is larger than the %d that are allowed",
        message.size(),
        options.maxMessageBytes());
    if (closed) {
      return false;
    }
    if (to.name().indexOf('@') >= 0) {
      return listener.send(to, message);
    }
    Peer peer = peers.get(to);
    if (peer == null) {
      peer = newPeer(to);
    }
    return peer != null && peer.send(message);
  }

  /// Ends all connections of this endpoint; what was under way is lost. Returns when they have
  /// ended. They also end with the node's thread.
  @Override
  public void close() {
    closed = true;
    thread.dismiss(sockets);
    resolver.close();
  }

  /// How many connections others have to this node.
  public int connectionCount() {
    return listener.connectionCount();
  }

  Inbox inbox() {
    return inbox;
  }

  @Nullable Peer peer(Address address) {
    return peers.get(address);
  }

  private @Nullable Peer newPeer(Address to) {
    HostPort target;
    try {
      target = HostPort.parse(to.name());
    } catch (IllegalArgumentException e) {
      odd.tell(to.name(), String.valueOf(e.getMessage()));
      return null;
    }
    if (peers.size() >= options.peersMax()) {
      peers.values().removeIf(Peer::isIdle);
      if (peers.size() >= options.peersMax()) {
        return null;
      }
    }
    return peers.computeIfAbsent(
        to, address -> new Peer(address, options, odd, peer -> dial(peer, target)));
  }

  private Link dial(Peer peer, HostPort target) {
    Link link = new Link(options, inbox, peer, sockets, true, handshake);
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .resolver(resolver)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_BUFFER)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) options.connectTimeout().toMillis())
            .handler(link)
            .connect(target.toUnresolved());
    var _ = connecting.addListener((ChannelFutureListener) result -> peer.connected(link, result));
    return link;
  }

  private Channel listen(HostPort address) {
    InetSocketAddress socket = new InetSocketAddress(address.host(), address.port());
    ChannelFuture binding =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_BUFFER)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel accepted) {
                    accept(accepted);
                  }
                })
            .bind(socket)
            .awaitUninterruptibly();
    if (!binding.isSuccess()) {
      close();
      throw new NetworkException(reasonOf(address, binding.cause()), binding.cause());
    }
    return binding.channel();
  }

  private void accept(Channel accepted) {
    Link link = new Link(options, inbox, listener, sockets, false, handshake);
    if (listener.add(link, accepted)) {
      accepted.pipeline().addLast(link);
    } else {
      var _ = accepted.close();
    }
  }

  private static String reasonOf(HostPort address, @Nullable Throwable cause) {
    String what =
        cause instanceof BindException bind && String.valueOf(bind.getMessage()).contains("in use")
            ? "another process uses this port; stop it or choose another port"
            : cause instanceof java.nio.channels.UnresolvedAddressException
                ? "no such host is known"
                : String.valueOf(cause == null ? null : cause.getMessage());
    return "cannot listen on " + address + ": " + what;
  }

  private static HostPort withPortOf(Channel bound, HostPort address) {
    return address.port() == 0 && bound.localAddress() instanceof InetSocketAddress socket
        ? address.withPort(socket.getPort())
        : address;
  }
}
