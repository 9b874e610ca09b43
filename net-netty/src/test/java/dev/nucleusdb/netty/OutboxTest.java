package dev.nucleusdb.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.network.Outgoing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// How messages become the chunks that are written.
class OutboxTest {
  private static final int CHUNK_BYTES = 1000;

  private final Outbox outbox = new Outbox(1 << 14, 1 << 24);
  private int arraysMade;

  /// So many bytes of the same value, which are written to where they are wanted.
  private final class Late implements Outgoing {
    private final int size;
    private final byte value;

    Late(int size, byte value) {
      this.size = size;
      this.value = value;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public void writeTo(ByteBuffer into) {
      for (int i = 0; i < size; i++) {
        into.put(value);
      }
    }

    @Override
    public byte[] toBytes() {
      arraysMade++;
      return Outgoing.super.toBytes();
    }
  }

  @Test
  void messages_of_both_kinds_and_all_sizes_are_written_whole_and_in_order() {
    SplittableRandom random = new SplittableRandom(5);
    ByteBuf expected = Unpooled.buffer();
    for (int i = 0; i < 400; i++) {
      int size = random.nextInt(i % 7 == 0 ? 4000 : 300);
      Outgoing late = new Late(size, (byte) i);
      byte[] bytes = new byte[size];
      Arrays.fill(bytes, (byte) i);
      outbox.put(random.nextBoolean() ? late : new Outgoing.Whole(bytes));
      expected.writeInt(size).writeBytes(bytes);
    }
    assertThat(written()).isEqualTo(expected);
    assertThat(outbox.waitingBytes()).isZero();
  }

  @Test
  void what_fits_a_chunk_is_never_an_array() {
    for (int i = 0; i < 20; i++) {
      outbox.put(new Late(700, (byte) i));
    }
    assertThat(written().readableBytes()).isEqualTo(20 * 704);
    assertThat(arraysMade).isZero();
    outbox.put(new Late(CHUNK_BYTES, (byte) 1));
    assertThat(written().readableBytes()).isEqualTo(CHUNK_BYTES + 4);
    assertThat(arraysMade).isEqualTo(1);
  }

  private ByteBuf written() {
    ByteBuf all = Unpooled.buffer();
    for (int bytes = outbox.bytesToWrite(CHUNK_BYTES);
        bytes > 0;
        bytes = outbox.bytesToWrite(CHUNK_BYTES)) {
      ByteBuf chunk = Unpooled.directBuffer(bytes, bytes);
      assertThat(outbox.fill(chunk)).as("each chunk takes something").isTrue();
      all.writeBytes(chunk);
      chunk.release();
    }
    return all;
  }
}
