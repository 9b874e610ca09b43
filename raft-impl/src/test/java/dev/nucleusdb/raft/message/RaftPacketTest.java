package dev.nucleusdb.raft.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.nucleusdb.core.codec.Envelope;
import dev.nucleusdb.core.network.Outgoing;
import dev.nucleusdb.core.random.SplitMix;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Several messages in one.
class RaftPacketTest {
  private static final int TAG = 1 << 3 | 2;

  /// Lengths of one, two and three bytes.
  private static final int[] SIZES = {0, 1, 127, 128, 16_383, 16_384, 70_000};

  private static List<byte[]> messages() {
    SplitMix random = new SplitMix(1);
    List<byte[]> messages = new ArrayList<>();
    for (int size : SIZES) {
      byte[] message = new byte[size];
      for (int i = 0; i < size; i++) {
        message[i] = (byte) random.nextLong();
      }
      messages.add(message);
    }
    return messages;
  }

  private static @Nullable List<byte[]> read(byte[] packet) {
    return read(packet, 0, packet.length);
  }

  /// Null if it is none.
  private static @Nullable List<byte[]> read(byte[] array, int at, int length) {
    List<byte[]> messages = new ArrayList<>();
    boolean read =
        RaftPacket.read(
            array,
            at,
            length,
            (bytes, offset, size) ->
                messages.add(Arrays.copyOfRange(bytes, offset, offset + size)));
    assertThat(read || messages.isEmpty()).isTrue();
    return read ? messages : null;
  }

  private static Outgoing packet(List<byte[]> messages) {
    return RaftPacket.of(messages.stream().<Outgoing>map(Outgoing.Whole::new).toList());
  }

  @Test
  void its_bytes_are_those_that_protobuf_writes() {
    var expected = dev.nucleusdb.raft.wire.RaftPacket.newBuilder();
    messages().forEach(message -> expected.addMessages(ByteString.copyFrom(message)));
    byte[] bytes = packet(messages()).toBytes();
    assertThat(Arrays.copyOfRange(bytes, Envelope.HEADER_BYTES, bytes.length))
        .isEqualTo(expected.build().toByteArray());
  }

  @Test
  void its_messages_come_out_as_they_went_in() {
    assertThat(read(packet(messages()).toBytes()))
        .usingElementComparator(Arrays::compare)
        .containsExactlyElementsOf(messages());
  }

  @Test
  void they_come_out_of_an_array_that_holds_more_than_the_packet() {
    byte[] packet = packet(messages()).toBytes();
    byte[] around = new byte[packet.length + 9];
    Arrays.fill(around, (byte) TAG);
    System.arraycopy(packet, 0, around, 4, packet.length);
    assertThat(read(around, 4, packet.length))
        .usingElementComparator(Arrays::compare)
        .containsExactlyElementsOf(messages());
  }

  @Test
  void what_a_later_version_adds_is_passed_over() {
    List<byte[]> few = List.of(new byte[] {1}, new byte[] {2});
    byte[] packet = packet(few).toBytes();
    byte[] longer = Arrays.copyOf(packet, packet.length + 2);
    longer[packet.length] = 2 << 3;
    assertThat(read(Envelope.seal(longer)))
        .usingElementComparator(Arrays::compare)
        .containsExactlyElementsOf(few);
  }

  @Test
  void of_a_packet_that_lacks_its_end_under_a_good_checksum_nothing_is_read() {
    byte[] packet = packet(messages()).toBytes();
    assertThat(read(Envelope.seal(Arrays.copyOf(packet, packet.length - 1)))).isNull();
  }

  @Test
  void it_is_the_same_in_the_middle_of_a_buffer_off_the_heap() {
    Outgoing packet = packet(messages());
    ByteBuffer buffer = ByteBuffer.allocateDirect(packet.size() + 20).position(7);
    packet.writeTo(buffer);
    byte[] written = new byte[packet.size()];
    buffer.get(7, written);
    assertThat(buffer.position()).isEqualTo(7 + packet.size());
    assertThat(written).isEqualTo(packet.toBytes());
  }

  @Test
  void a_packet_that_was_damaged_is_not_read() {
    byte[] bytes = packet(messages()).toBytes();
    bytes[bytes.length / 2] ^= 1;
    assertThat(read(bytes)).isNull();
  }
}
