package dev.nucleusdb.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// How a stream is cut into messages, and what memory that takes.
class FrameReaderTest {
  private static final int MESSAGE_BYTES_MAX = 1 << 20;

  private final List<byte[]> messages = new ArrayList<>();
  private final FrameReader reader =
      new FrameReader(
          MESSAGE_BYTES_MAX,
          new FrameReader.Sink() {
            @Override
            public void handshake(Handshake handshake) {}

            @Override
            public void message(byte[] message) {
              messages.add(message);
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
  void an_array_for_parts_serves_many_messages_and_goes_in_a_pause() throws ProtocolException {
    greet();
    for (int i = 0; i < 5; i++) {
      read(message(100_000));
    }
    assertThat(reader.gatheredBytes()).isEqualTo(256 << 10);
    reader.read(Unpooled.buffer().writeInt(9).writeByte(1));
    reader.rest();
    assertThat(reader.gatheredBytes()).as("a message is under way").isEqualTo(256 << 10);
    reader.read(Unpooled.wrappedBuffer(new byte[8]));
    reader.rest();
    assertThat(reader.gatheredBytes()).isZero();
    assertThat(messages).hasSize(6).allMatch(whole -> whole.length == 100_000 || whole.length == 9);
  }

  @Test
  void memory_grows_with_what_has_arrived() throws ProtocolException {
    greet();
    reader.read(Unpooled.buffer().writeInt(MESSAGE_BYTES_MAX).writeByte(1));
    assertThat(reader.gatheredBytes()).isEqualTo(64 << 10);
    reader.read(Unpooled.wrappedBuffer(new byte[MESSAGE_BYTES_MAX - 1]));
    assertThat(messages).singleElement().matches(whole -> whole.length == MESSAGE_BYTES_MAX);
    assertThat(reader.gatheredBytes()).isZero();
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
