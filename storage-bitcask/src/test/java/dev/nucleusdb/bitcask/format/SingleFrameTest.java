package dev.nucleusdb.bitcask.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.assertion.InvariantViolation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The head of a batch of one record: every bit of it counts, and none of it is believed that was
/// not written for its place.
class SingleFrameTest {
  private static final long FILE = 3;
  private static final long OFFSET = 4_096;
  private static final long WATERMARK = 1_024;
  private static final int HEAD_BYTES = 16 + 20;

  private final FrameWriter writer = new FrameWriter();
  private final Checksum checksum = new Checksum();

  @Test
  void it_says_what_was_written() {
    byte[] frame = frame("cat", "meow", 7, FrameHeader.LOG_INDEX_MAX);
    FrameHeader header = requireNonNull(read(frame));
    assertThat(header)
        .isEqualTo(
            new FrameHeader(
                FrameKind.SINGLE,
                writer.frameChecksum(),
                32,
                1,
                WATERMARK,
                7,
                FrameHeader.LOG_INDEX_MAX));
    assertThat(header.frameBytes()).isEqualTo(frame.length).isEqualTo(16 + 32);
    assertThat(isIntact(header, frame)).isTrue();
    frame("cat", "meow", 7, 9);
    assertThat(writer.frameChecksum())
        .as("goes over the head")
        .isNotEqualTo(header.frameChecksum());
  }

  @Test
  void no_frame_is_shorter_than_what_is_read_of_a_head() {
    byte[] least = frame(new byte[0], StoredValue.tombstone(), 1, 1);
    assertThat(least).hasSize(FrameHeader.BYTES);
    assertThat(read(least)).isNotNull();
  }

  @Test
  void a_flipped_bit_anywhere_is_seen_and_behind_the_head_leaves_it_whole() {
    byte[] whole = frame("cat", "a value of some length", 7, 9);
    FrameHeader head = requireNonNull(read(whole));
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] frame = whole.clone();
      frame[bit / 8] ^= (byte) (1 << bit % 8);
      FrameHeader header = read(frame);
      if (bit < 8 * HEAD_BYTES) {
        assertThat(header).as("bit %d of the head", bit).isNull();
      } else {
        assertThat(header).as("bit %d behind the head", bit).isEqualTo(head);
        assertThat(isIntact(head, frame)).as("bit %d behind the head", bit).isFalse();
      }
    }
  }

  @Test
  void it_holds_for_one_place_alone() {
    byte[] frame = frame("cat", "meow", 7, 9);
    assertThat(FrameHeader.read(frame, 0, FILE, OFFSET + 8, checksum)).isNull();
    assertThat(FrameHeader.read(frame, 0, FILE + 1, OFFSET, checksum)).isNull();
  }

  /// A place is written again after a torn end was cut, and a crash may leave blocks of both.
  @Test
  void two_that_were_written_to_one_place_do_not_mix() {
    byte[] one = frame("cat", "meow", 7, 9);
    byte[] other = frame("cat", "purr", 7, 10);
    for (int from = 1; from < one.length; from++) {
      byte[] mixed = one.clone();
      System.arraycopy(other, from, mixed, from, one.length - from);
      boolean isOther = Arrays.equals(mixed, other);
      boolean isOne = Arrays.equals(mixed, one);
      FrameHeader header = read(mixed);
      assertThat(header != null && isIntact(header, mixed))
          .as("the second one from byte %d", from)
          .isEqualTo(isOne || isOther);
    }
  }

  @Test
  void what_no_head_says_is_none_even_if_its_checksum_is_right() {
    byte[] whole = frame("cat", "meow", 7, 9);
    assertThat(read(mended(whole.clone()))).isEqualTo(read(whole));
    assertThat(read(mended(with(whole, 4, (int) (OFFSET / 8))))).as("all before it").isNotNull();
    assertThat(read(mended(with(whole, 4, (int) (OFFSET / 8) + 1)))).as("behind it").isNull();
    assertThat(read(mended(with(whole, 4, -1)))).as("behind every file").isNull();
    assertThat(read(mended(with(whole, 20, Entry.KEY_BYTES_MAX + 1)))).as("a key").isNull();
    assertThat(read(mended(with(whole, 20, 1 << 28 | 3)))).as("a flag").isNull();
    assertThat(read(mended(with(whole, 24, Entry.VALUE_BYTES_MAX + 1)))).as("a value").isNull();
    assertThat(read(mended(with(whole, 24, -2)))).as("less than a tombstone").isNull();
    assertThat(read(mended(with(whole, 8, 0)))).as("no kind").isNull();
  }

  @Test
  void a_batch_of_one_has_no_other_head_and_no_other_batch_has_this_one() {
    writer.begin(FrameKind.BATCH, FILE, OFFSET, null);
    writer.add(bytes("cat"), StoredValue.tombstone(), 7, Entry.NEVER);
    assertThatThrownBy(() -> writer.finishBatch(7, 9, 0)).isInstanceOf(InvariantViolation.class);
    writer.begin(FrameKind.SINGLE, FILE, OFFSET, null);
    assertThatThrownBy(() -> writer.finishBatch(7, 9, 0)).isInstanceOf(InvariantViolation.class);
  }

  private byte[] frame(String key, String value, long sequence, long logIndex) {
    return frame(bytes(key), new StoredValue(bytes(value), 0), sequence, logIndex);
  }

  private byte[] frame(byte[] key, StoredValue value, long sequence, long logIndex) {
    writer.begin(FrameKind.SINGLE, FILE, OFFSET, null);
    writer.add(key, value, sequence, Entry.NEVER);
    ByteBuffer frame = writer.finishBatch(sequence, logIndex, WATERMARK);
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  private @Nullable FrameHeader read(byte[] frame) {
    return FrameHeader.read(frame, 0, FILE, OFFSET, checksum);
  }

  private boolean isIntact(FrameHeader header, byte[] frame) {
    return header.isIntact(frame, 0, FILE, OFFSET, checksum, FrameCheck.EQUAL);
  }

  private static byte[] with(byte[] frame, int at, int number) {
    byte[] bytes = frame.clone();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
    return bytes;
  }

  private byte[] mended(byte[] frame) {
    return with(frame, 0, checksum.of(FILE, OFFSET, frame, 4, HEAD_BYTES - 4));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
