package dev.nucleusdb.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.system.NodeThreadOptions;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Peers that come and go, do not read, or are none.
@Timeout(60)
class TroubleTest {
  private static final NettyOptions IMPATIENT =
      NettyOptions.DEFAULT.withSilence(
          Duration.ofMillis(300), Duration.ofMillis(100), Duration.ofMillis(400));

  private static void until(String what, Endpoint sender, Address to, Endpoint receiver) {
    Await.until(
        what,
        () -> {
          sender.send(to, new byte[] {1});
          return !receiver.received.isEmpty();
        });
  }

  @Test
  void a_peer_that_was_restarted_is_reached_again() {
    try (Endpoint sender = Endpoint.node()) {
      Endpoint first = Endpoint.node().keepAll();
      int port = first.port();
      until("the first incarnation is reached", sender, first.address(), first);
      first.close();
      Await.pause(100);
      Await.until("sends are refused", () -> !sender.send(first.address(), new byte[1]));
      try (Endpoint second = Endpoint.node(port, NettyOptions.DEFAULT).keepAll()) {
        until("the second incarnation is reached", sender, second.address(), second);
      }
    }
  }

  @Test
  void the_end_of_a_connection_is_told_after_what_came_over_it() {
    List<String> told = new CopyOnWriteArrayList<>();
    try (Endpoint receiver = Endpoint.node()) {
      Endpoint sender = Endpoint.node();
      receiver.receive(
          new Network.Receiver() {
            @Override
            public void receive(Address from, byte[] message) {
              told.add(from + " " + message[0]);
            }

            @Override
            public void disconnected(Address from) {
              told.add(from + " is gone");
            }
          });
      Await.until("it is reached", () -> sender.send(receiver.address(), new byte[] {1}));
      Await.until("the message came", () -> !told.isEmpty());
      sender.close();
      Await.until("the end is told", () -> told.size() == 2);
      assertThat(told).containsExactly(sender.address() + " 1", sender.address() + " is gone");
    }
  }

  @Test
  void what_cannot_be_dialled_is_refused_at_once_and_told_once() {
    try (LogLines log = new LogLines();
        Endpoint sender = Endpoint.node()) {
      Address nobody = new Address("127.0.0.1:1");
      Await.until("it is refused", () -> !sender.send(nobody, new byte[1]));
      for (int i = 0; i < 100; i++) {
        sender.send(nobody, new byte[1]);
        Await.pause(2);
      }
      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0)).startsWith("127.0.0.1:1: cannot be reached: ");
      assertThat(sender.send(new Address("no address"), new byte[1])).isFalse();
      assertThat(sender.send(new Address("client-7@127.0.0.1:1"), new byte[1])).isFalse();
    }
  }

  @Test
  void a_peer_that_accepts_and_never_reads_blocks_nobody_and_takes_no_more_than_its_bound()
      throws IOException {
    try (ServerSocket deaf = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Endpoint sender = Endpoint.node(0, IMPATIENT.withQueues(100, 1 << 20, 100, 1 << 20));
        Endpoint other = Endpoint.node().keepAll()) {
      Address to = new Address("127.0.0.1:" + deaf.getLocalPort());
      int taken = 0;
      for (int i = 0; i < 1000; i++) {
        taken += sender.send(to, new byte[64 * 1024]) ? 1 : 0;
      }
      // The queue takes 16; if the connection stands before the loop ends, the buffers of the
      // operating system take a few megabytes more.
      assertThat(taken).isBetween(16, 16 + 100);
      until("others are reached", sender, other.address(), other);
      Peer peer = sender.network.peer(to);
      Await.until("the deaf peer is given up", () -> peer != null && peer.isIdle());
    }
  }

  @Test
  void a_peer_that_greets_and_then_reads_no_more_is_given_up() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Endpoint sender = Endpoint.node(0, IMPATIENT)) {
      Address to = new Address("127.0.0.1:" + server.getLocalPort());
      assertThat(sender.send(to, new byte[10])).isTrue();
      try (Socket accepted = server.accept()) {
        greet(accepted, Frame.MAGIC, Frame.VERSION, to.name());
        Peer peer = sender.network.peer(to);
        Await.until("it is given up", () -> peer != null && peer.isIdle());
      }
    }
  }

  @Test
  void strangers_are_closed_with_one_line() throws IOException {
    byte[] random = new byte[5000];
    new SplittableRandom(3).nextBytes(random);
    List<byte[]> greetings =
        List.of(
            random,
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            new byte[] {0, 0, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8},
            new byte[100]);
    try (LogLines log = new LogLines();
        Endpoint node = Endpoint.node().keepAll()) {
      for (byte[] greeting : greetings) {
        try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
          stranger.getOutputStream().write(greeting);
          assertThat(restOf(stranger)).isZero();
        }
      }
      Await.until("all are forgotten", () -> node.network.connectionCount() == 0);
      assertThat(log.lines())
          .containsExactly(
              "127.0.0.1: closed a connection: it does not speak the protocol of NucleusDB's"
                  + " nodes");
      assertThat(node.received).isEmpty();
    }
  }

  @Test
  void another_version_is_refused_and_the_line_names_both() throws IOException {
    try (LogLines log = new LogLines();
        Endpoint node = Endpoint.node();
        Socket stranger = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      greet(stranger, Frame.MAGIC, (short) 9, "");
      assertThat(restOf(stranger)).isZero();
      Await.until("it is told", () -> !log.lines().isEmpty());
      assertThat(log.lines())
          .containsExactly(
              "127.0.0.1: closed a connection: it speaks version 9 and this node version 1");
    }
  }

  @Test
  void a_message_that_is_announced_too_large_closes_the_connection() throws IOException {
    try (LogLines log = new LogLines();
        Endpoint node = Endpoint.node().keepAll();
        Socket peer = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      greet(peer, Frame.MAGIC, Frame.VERSION, "");
      new DataOutputStream(peer.getOutputStream()).writeInt((20 << 20) + 1);
      assertThat(restOf(peer)).isPositive();
      Await.until("it is told", () -> !log.lines().isEmpty());
      assertThat(log.lines().get(0)).contains("20971521 bytes").contains("20971520 are allowed");
      assertThat(node.received).isEmpty();
    }
  }

  @Test
  void who_says_nothing_is_closed() throws IOException {
    try (Endpoint node = Endpoint.node(0, IMPATIENT);
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      assertThat(restOf(silent)).isZero();
    }
  }

  @Test
  void quiet_connections_are_kept() {
    try (Endpoint node = Endpoint.node(0, IMPATIENT).keepAll();
        Endpoint client = Endpoint.client(IMPATIENT).keepAll()) {
      client.send(node.address(), new byte[1]);
      Await.until("the question arrives", () -> node.received.size() == 1);
      Await.pause(1000);
      assertThat(node.send(node.received.get(0).from(), new byte[2])).isTrue();
      Await.until("the answer arrives", () -> client.received.size() == 1);
    }
  }

  @Test
  void connections_beyond_the_bound_are_closed() throws IOException {
    NettyOptions options = NettyOptions.DEFAULT.withConnectionsMax(2);
    try (Endpoint node = Endpoint.node(0, options);
        Socket one = new Socket(InetAddress.getLoopbackAddress(), node.port());
        Socket two = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      Await.until("two are there", () -> node.network.connectionCount() == 2);
      try (Socket three = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
        assertThat(restOf(three)).isZero();
      }
      assertThat(one.isClosed() || two.isClosed()).isFalse();
    }
  }

  @Test
  void a_slow_node_stops_the_reading_and_loses_nothing() throws InterruptedException {
    NettyOptions small = NettyOptions.DEFAULT.withQueues(1 << 16, 64 << 20, 16, 1 << 16);
    CountDownLatch begin = new CountDownLatch(1);
    AtomicInteger count = new AtomicInteger();
    try (Endpoint sender = Endpoint.node();
        Endpoint slow = Endpoint.node(0, small)) {
      slow.receive((from, message) -> {
        try {
          begin.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        count.incrementAndGet();
      });
      for (int i = 0; i < 10_000; i++) {
        assertThat(sender.send(slow.address(), new byte[4096])).isTrue();
      }
      Await.pause(300);
      int waiting = slow.network.inbox().waitingCount();
      long waitingBytes = slow.network.inbox().waitingBytes();
      begin.countDown();
      // None at all, if the node's thread had read one message alone before it was held up.
      assertThat(waiting).isLessThanOrEqualTo(16 + 64);
      assertThat(waitingBytes).isLessThan(1 << 20);
      Await.until("all arrive", () -> count.get() == 10_000);
    }
  }

  @Test
  void a_full_queue_of_the_node_stops_the_reading_and_loses_nothing() {
    CountDownLatch begin = new CountDownLatch(1);
    AtomicInteger count = new AtomicInteger();
    try (Endpoint sender = Endpoint.node();
        Endpoint slow =
            Endpoint.node(0, NettyOptions.DEFAULT, new NodeThreadOptions(1, 100, 100))) {
      slow.receive((from, message) -> count.incrementAndGet());
      slow.thread.execute(() -> {
        try {
          begin.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      });
      Await.until("the node is busy", () -> slow.thread.waitingCount() == 0);
      slow.thread.execute(() -> {});
      for (int i = 0; i < 100; i++) {
        assertThat(sender.send(slow.address(), new byte[1000])).isTrue();
      }
      Await.pause(200);
      assertThat(slow.thread.waitingCount()).isEqualTo(1);
      begin.countDown();
      Await.until("all arrive", () -> count.get() == 100);
    }
  }

  @Test
  void a_port_in_use_is_told_in_one_line() {
    try (Endpoint node = Endpoint.node()) {
      assertThatThrownBy(() -> Endpoint.node(node.port(), NettyOptions.DEFAULT))
          .isInstanceOf(NetworkException.class)
          .hasMessage(
              "cannot listen on "
                  + node.address()
                  + ": another process uses this port; stop it or choose another port");
    }
  }

  @Test
  void closing_ends_all_threads() {
    Endpoint node = Endpoint.node();
    String name = "net 127.0.0.1:0";
    Endpoint peer = Endpoint.node().keepAll();
    until("they talk", node, peer.address(), peer);
    node.close();
    peer.close();
    Await.until(
        "all threads have ended",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith(name) && thread.isAlive()));
    assertThat(node.network.send(peer.address(), new byte[1])).isFalse();
  }

  private static void greet(Socket socket, int magic, short version, String address)
      throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(Frame.HANDSHAKE_BYTES_MIN + address.length());
    out.writeInt(magic);
    out.writeShort(version);
    out.writeBytes(address);
    out.flush();
  }

  /// How many bytes come before the other side closes.
  private static int restOf(Socket socket) throws IOException {
    socket.setSoTimeout(5000);
    InputStream in = socket.getInputStream();
    int count = 0;
    try {
      while (in.read() >= 0) {
        count++;
      }
    } catch (java.net.SocketException _) {
      // A reset is an end, too.
    }
    return count;
  }
}
