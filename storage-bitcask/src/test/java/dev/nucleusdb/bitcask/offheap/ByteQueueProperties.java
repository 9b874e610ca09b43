package dev.nucleusdb.bitcask.offheap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.assertion.InvariantViolation;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// A queue of bytes is one, whatever the lengths, and keeps no chunk that it does not need.
class ByteQueueProperties {
  private static final int CHUNK = ChunkPool.CHUNK_BYTES;

  private final ChunkPool pool = new ChunkPool();

  @Property(tries = 100, seed = "1", shrinking = ShrinkingMode.OFF)
  void queues_of_one_pool_give_what_was_put_into_each(@ForAll long seed) {
    RandomSource random = new SplitMix(seed);
    List<Checked> queues = List.of(new Checked(1), new Checked(2), new Checked(3));
    int lengthMax = 1 << (1 + random.nextInt(18));
    for (int i = 0; i < 300; i++) {
      queues.get(random.nextInt(queues.size())).step(random, lengthMax);
      long needed = queues.stream().mapToLong(Checked::chunkBytesMax).sum();
      assertThat(pool.lentBytes()).isLessThanOrEqualTo(needed);
    }
    queues.forEach(checked -> checked.queue.close());
    assertThat(pool.lentBytes()).isZero();
  }

  /// A queue into which the numbers of a sequence go, one byte each.
  private final class Checked {
    final ByteQueue queue = new ByteQueue(pool);
    final int factor;
    int written;
    int read;

    Checked(int factor) {
      this.factor = factor;
    }

    void step(RandomSource random, int lengthMax) {
      int length = random.nextInt(lengthMax);
      int at = random.nextInt(8);
      byte[] bytes = new byte[at + length + 1];
      if (random.chance(0.5)) {
        for (int i = 0; i < length; i++) {
          bytes[at + i] = byteAt(written++);
        }
        queue.write(bytes, at, length);
      } else {
        int taken = Math.min(length, written - read);
        queue.read(bytes, at, taken);
        for (int i = 0; i < bytes.length; i++) {
          boolean isTaken = i >= at && i < at + taken;
          assertThat(bytes[i]).isEqualTo(isTaken ? byteAt(read++) : 0);
        }
      }
      assertThat(queue.sizeBytes()).isEqualTo(written - read);
    }

    private byte byteAt(int index) {
      return (byte) (((index * factor) >> 3) ^ index);
    }

    /// Those that hold something, and one more where they are cut.
    long chunkBytesMax() {
      return written == read ? 0 : ((written - read) / CHUNK + 2L) * CHUNK;
    }
  }

  @Example
  void no_more_is_read_than_was_written() {
    ByteQueue queue = new ByteQueue(pool);
    queue.write(new byte[10], 0, 10);
    assertThatThrownBy(() -> queue.read(new byte[11], 0, 11))
        .isInstanceOf(InvariantViolation.class);
  }

  @Example
  void chunks_are_used_again_and_no_more_of_them_kept_than_is_allowed() {
    int most = ChunkPool.RETAINED_BYTES_MAX / CHUNK;
    for (int round = 0; round < 3; round++) {
      ByteQueue queue = new ByteQueue(pool);
      byte[] chunk = new byte[CHUNK];
      for (int i = 0; i < most + 20; i++) {
        queue.write(chunk, 0, CHUNK);
      }
      assertThat(pool.lentBytes()).isEqualTo((most + 20L) * CHUNK);
      queue.close();
      assertThat(pool.lentBytes()).isZero();
      assertThat(pool.retainedBytes()).isEqualTo(ChunkPool.RETAINED_BYTES_MAX);
    }
  }
}
