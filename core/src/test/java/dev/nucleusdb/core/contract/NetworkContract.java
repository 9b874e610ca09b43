package dev.nucleusdb.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.network.Outgoing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What [Network] promises. The network under test is undisturbed: what may be lost in general must
/// arrive here. Extended once for the simulated seam and once for the real one.
public abstract class NetworkContract {

  /// The endpoint of a node of that number, 0 to 2: the same one at every call.
  protected abstract Network endpoint(int number);

  /// An address that nobody has.
  protected abstract Address nobody();

  /// Runs code on the thread of a node, to its end.
  protected abstract void onNode(int number, Runnable code);

  /// Waits until all that was sent has arrived.
  protected abstract void settle();

  private final List<String> received = Collections.synchronizedList(new ArrayList<>());

  private void listen(int number) {
    onNode(
        number,
        () ->
            endpoint(number)
                .receive((from, message) ->
                    received.add(
                        from
                            + " to "
                            + number
                            + ": "
                            + new String(message, StandardCharsets.UTF_8))));
  }

  private void send(int from, int to, String text) {
    onNode(
        from,
        () -> endpoint(from).send(endpoint(to).self(), text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void a_message_arrives_byte_for_byte_under_the_name_of_its_sender() {
    listen(1);
    send(0, 1, "hello");
    settle();
    assertThat(received).containsExactly(endpoint(0).self() + " to 1: hello");
  }

  @Test
  void a_message_that_is_not_bytes_yet_arrives_like_any_other() {
    listen(1);
    Outgoing late =
        new Outgoing() {
          @Override
          public int size() {
            return 5;
          }

          @Override
          public void writeTo(ByteBuffer into) {
            into.put("hello".getBytes(StandardCharsets.UTF_8));
          }
        };
    onNode(0, () -> endpoint(0).send(endpoint(1).self(), late));
    settle();
    assertThat(received).containsExactly(endpoint(0).self() + " to 1: hello");
  }

  @Test
  void a_receiver_that_keeps_nothing_sees_each_message_where_it_is_lent() {
    Network.Borrower borrower =
        (from, bytes, offset, size) ->
            received.add(from + ": " + new String(bytes, offset, size, StandardCharsets.UTF_8));
    onNode(1, () -> endpoint(1).receive(borrower));
    send(0, 1, "one");
    send(0, 1, "another");
    settle();
    assertThat(received)
        .containsExactly(endpoint(0).self() + ": one", endpoint(0).self() + ": another");
  }

  @Test
  void a_receiver_that_takes_no_loans_may_keep_what_it_gets() {
    List<byte[]> kept = Collections.synchronizedList(new ArrayList<>());
    onNode(1, () -> endpoint(1).receive((from, message) -> kept.add(message)));
    for (int i = 0; i < 5; i++) {
      send(0, 1, "message " + i);
    }
    settle();
    assertThat(kept)
        .extracting(message -> new String(message, StandardCharsets.UTF_8))
        .containsExactly("message 0", "message 1", "message 2", "message 3", "message 4");
  }

  @Test
  void messages_go_to_the_address_that_they_are_for() {
    listen(0);
    listen(1);
    listen(2);
    send(0, 1, "one");
    send(0, 2, "two");
    send(2, 0, "zero");
    settle();
    assertThat(received)
        .containsExactlyInAnyOrder(
            endpoint(0).self() + " to 1: one",
            endpoint(0).self() + " to 2: two",
            endpoint(2).self() + " to 0: zero");
  }

  @Test
  void an_answer_can_be_sent_from_within_a_receiver() {
    listen(0);
    onNode(1, () -> endpoint(1).receive((from, message) -> endpoint(1).send(from, message)));
    send(0, 1, "echo");
    settle();
    assertThat(received).containsExactly(endpoint(1).self() + " to 0: echo");
  }

  @Test
  void an_empty_message_and_a_large_one_arrive_whole() {
    List<byte[]> arrived = Collections.synchronizedList(new ArrayList<>());
    onNode(1, () -> endpoint(1).receive((from, message) -> arrived.add(message)));
    byte[] large = new byte[Math.min(1 << 20, endpoint(0).maxMessageBytes())];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31);
    }
    onNode(
        0,
        () -> {
          endpoint(0).send(endpoint(1).self(), new byte[0]);
          endpoint(0).send(endpoint(1).self(), large);
        });
    settle();
    assertThat(arrived).hasSize(2);
    assertThat(arrived).anyMatch(message -> message.length == 0);
    assertThat(arrived).anyMatch(message -> Arrays.equals(message, large));
  }

  @Test
  void a_message_that_is_too_large_is_the_callers_error() {
    onNode(
        0,
        () -> {
          byte[] tooLarge = new byte[endpoint(0).maxMessageBytes() + 1];
          assertThatThrownBy(() -> endpoint(0).send(endpoint(1).self(), tooLarge))
              .isInstanceOf(IllegalArgumentException.class);
        });
  }

  @Test
  void sending_to_nobody_does_no_harm() {
    listen(1);
    onNode(0, () -> endpoint(0).send(nobody(), new byte[1]));
    send(0, 1, "after");
    settle();
    assertThat(received).containsExactly(endpoint(0).self() + " to 1: after");
  }

  @Test
  void a_message_that_comes_before_there_is_a_receiver_is_dropped() {
    send(0, 1, "early");
    settle();
    listen(1);
    send(0, 1, "late");
    settle();
    assertThat(received).containsExactly(endpoint(0).self() + " to 1: late");
  }

  @Test
  void the_receiver_that_was_set_last_is_the_one() {
    onNode(1, () -> endpoint(1).receive((from, message) -> received.add("wrong")));
    listen(1);
    send(0, 1, "right");
    settle();
    assertThat(received).containsExactly(endpoint(0).self() + " to 1: right");
  }
}
