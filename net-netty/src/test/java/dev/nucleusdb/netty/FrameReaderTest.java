package dev.nucleusdb.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// How a stream is cut into messages, and what memory that takes.
class FrameReaderTest {
  private static final int MESSAGE_BYTES_MAX = 4 << 20;

  private final List<byte[]> messages = new ArrayList<>();
  private final MessageArrays arrays = new MessageArrays();
  private final FrameReader reader =
      new FrameReader(
          MESSAGE_BYTES_MAX,
          arrays,
          new FrameReader.Sink() {
            @Override
            public void handshake(Handshake handshake) {}

            @Override
            public void message(byte[] bytes, int size) {
              messages.add(Arrays.copyOf(bytes, size));
              arrays.giveBack(bytes);
            }

            @Override
            public void ping() {}

            @Override
            public void pong() {}
          });

  @Test
  void messages_in_parts_of_any_size_are_as_long_as_they_were_sent() throws ProtocolException {
    greet();
    SplittableRandom random = new SplittableRandom(3);
    List<byte[]> sent = new ArrayList<>();
    ByteBuf stream = Unpooled.buffer();
    for (int size : new int[] {0, 1, 100, 70_000, 256 << 10, (256 << 10) + 1, 900_000, 5}) {
      byte[] message = new byte[size];
      random.nextBytes(message);
      sent.add(message);
      stream.writeInt(size).writeBytes(message);
    }
    while (stream.isReadable()) {
      int part = Math.min(stream.readableBytes(), 1 + random.nextInt(20_000));
      reader.read(stream.readSlice(part));
    }
    assertThat(messages).containsExactlyElementsOf(sent);
  }

  @Test
  void one_array_serves_many_messages() throws ProtocolException {
    greet();
    for (int i = 0; i < 5; i++) {
      read(message(100_000 - i));
    }
    assertThat(arrays.keptBytes()).isEqualTo((128 << 10) + (64 << 10) + 128);
    assertThat(messages).extracting(whole -> whole.length).contains(100_000, 99_996);
  }

  @Test
  void new_memory_grows_with_what_has_arrived() throws ProtocolException {
    greet();
    reader.read(Unpooled.buffer().writeInt(MESSAGE_BYTES_MAX).writeByte(1));
    assertThat(reader.bodyBytes()).isEqualTo(64 << 10);
    reader.read(Unpooled.wrappedBuffer(new byte[MESSAGE_BYTES_MAX - 1]));
    assertThat(messages).singleElement().matches(whole -> whole.length == MESSAGE_BYTES_MAX);
    assertThat(reader.bodyBytes()).isZero();
  }

  @Test
  void memory_that_is_there_is_taken_at_once() throws ProtocolException {
    greet();
    arrays.giveBack(new byte[1 << 20]);
    reader.read(Unpooled.buffer().writeInt(1 << 20).writeByte(1));
    assertThat(reader.bodyBytes()).isEqualTo(1 << 20);
  }

  @Test
  void a_message_that_is_longer_than_what_serves_again_fills_its_array() throws ProtocolException {
    greet();
    int size = MessageArrays.LENGTH_MAX + 1;
    List<byte[]> handed = new ArrayList<>();
    FrameReader large = new FrameReader(MESSAGE_BYTES_MAX, arrays, new Keeper(handed));
    ByteBuf bytes = Unpooled.buffer();
    new Handshake("").write(bytes);
    bytes.writeBytes(message(size));
    while (bytes.isReadable()) {
      large.read(bytes.readSlice(Math.min(bytes.readableBytes(), 50_000)));
    }
    assertThat(handed).singleElement().matches(array -> array.length == size);
  }

  private record Keeper(List<byte[]> handed) implements FrameReader.Sink {
    @Override
    public void handshake(Handshake handshake) {}

    @Override
    public void message(byte[] bytes, int size) {
      handed.add(bytes);
    }

    @Override
    public void ping() {}

    @Override
    public void pong() {}
  }

  private void greet() throws ProtocolException {
    ByteBuf bytes = Unpooled.buffer();
    new Handshake("").write(bytes);
    reader.read(bytes);
  }

  /// In two parts.
  private void read(ByteBuf whole) throws ProtocolException {
    reader.read(whole.readSlice(whole.readableBytes() / 2));
    reader.read(whole);
  }

  private static ByteBuf message(int size) {
    return Unpooled.buffer().writeInt(size).writeBytes(new byte[size]);
  }
}
