package dev.nucleusdb.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.network.Address;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What arrives, in which order, and from whom.
class OrderTest {
  @Test
  void messages_of_all_sizes_arrive_whole_and_in_order() {
    try (Endpoint sender = Endpoint.node();
        Endpoint receiver = Endpoint.node().keepAll()) {
      SplittableRandom random = new SplittableRandom(7);
      byte[][] messages = new byte[3000][];
      for (int i = 0; i < messages.length; i++) {
        int size = i % 100 == 0 ? random.nextInt(300_000) : random.nextInt(200);
        messages[i] = new byte[size];
        random.nextBytes(messages[i]);
      }
      for (byte[] message : messages) {
        assertThat(sender.send(receiver.address(), message)).isTrue();
      }
      Await.until("all arrive", () -> receiver.received.size() == messages.length);
      for (int i = 0; i < messages.length; i++) {
        assertThat(Arrays.equals(receiver.received.get(i).message(), messages[i])).isTrue();
      }
    }
  }

  @Test
  void what_is_flushed_leaves_while_the_node_is_busy() {
    try (Endpoint sender = Endpoint.node();
        Endpoint receiver = Endpoint.node().keepAll()) {
      sender.send(receiver.address(), new byte[] {1});
      Await.until("they are connected", () -> receiver.received.size() == 1);
      sender.thread.run(() -> {
        sender.network.send(receiver.address(), new byte[] {2});
        sender.network.send(receiver.address(), new byte[] {3});
        sender.network.flush();
        Await.until("they arrive", () -> receiver.received.size() == 3);
      });
    }
  }

  @Test
  void other_threads_may_send() {
    try (Endpoint sender = Endpoint.node();
        Endpoint receiver = Endpoint.node().keepAll()) {
      for (int i = 1; i <= 100; i++) {
        sender.network.send(receiver.address(), new byte[] {1});
        sender.send(receiver.address(), new byte[] {2});
        int expected = 2 * i;
        Await.until("they arrive", () -> receiver.received.size() == expected);
      }
    }
  }

  @Test
  void the_largest_messages_arrive() {
    try (Endpoint sender = Endpoint.node();
        Endpoint receiver = Endpoint.node().keepAll()) {
      for (int size : new int[] {16 << 20, (16 << 20) + 1, 20 << 20}) {
        byte[] message = new byte[size];
        new SplittableRandom(size).nextBytes(message);
        assertThat(sender.send(receiver.address(), message)).isTrue();
        Await.until("it arrives", () -> !receiver.received.isEmpty());
        assertThat(Arrays.equals(receiver.received.remove(0).message(), message)).isTrue();
      }
      assertThatThrownBy(() -> sender.send(receiver.address(), new byte[(20 << 20) + 1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("larger");
    }
  }

  @Test
  void a_client_is_answered_under_a_made_up_address_until_it_is_gone() {
    try (Endpoint node = Endpoint.node().keepAll()) {
      Address made;
      try (Endpoint client = Endpoint.client(NettyOptions.DEFAULT).keepAll()) {
        client.send(node.address(), new byte[] {1});
        Await.until("the question arrives", () -> node.received.size() == 1);
        made = node.received.get(0).from();
        assertThat(made.name()).matches("client-1@127\\.0\\.0\\.1:\\d+");
        assertThat(node.send(made, new byte[] {2})).isTrue();
        Await.until("the answer arrives", () -> client.received.size() == 1);
        assertThat(client.received.get(0).from()).isEqualTo(node.address());
      }
      Await.until("the client is forgotten", () -> node.network.connectionCount() == 0);
      assertThat(node.send(made, new byte[] {3})).isFalse();
    }
  }

  @Test
  void many_clients_are_told_apart() {
    try (Endpoint node = Endpoint.node();
        Endpoint one = Endpoint.client(NettyOptions.DEFAULT).keepAll();
        Endpoint two = Endpoint.client(NettyOptions.DEFAULT).keepAll()) {
      node.receive((from, message) -> node.network.send(from, message));
      for (int i = 0; i < 100; i++) {
        one.send(node.address(), ByteBuffer.allocate(4).putInt(i).array());
        two.send(node.address(), ByteBuffer.allocate(4).putInt(-i).array());
      }
      Await.until("all echoes", () -> one.received.size() == 100 && two.received.size() == 100);
      for (int i = 0; i < 100; i++) {
        assertThat(ByteBuffer.wrap(one.received.get(i).message()).getInt()).isEqualTo(i);
        assertThat(ByteBuffer.wrap(two.received.get(i).message()).getInt()).isEqualTo(-i);
      }
    }
  }

  @Test
  void hosts_are_dialled_by_name() {
    try (Endpoint sender = Endpoint.client(NettyOptions.DEFAULT);
        Endpoint receiver = Endpoint.node().keepAll()) {
      assertThat(sender.send(new Address("localhost:" + receiver.port()), new byte[1])).isTrue();
      Await.until("it arrives", () -> receiver.received.size() == 1);
    }
  }
}
