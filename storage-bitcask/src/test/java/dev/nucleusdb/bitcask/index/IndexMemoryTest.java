package dev.nucleusdb.bitcask.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.random.SplitMix;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/// What a key costs, which depends on the keys alone.
class IndexMemoryTest {
  private static final int KEYS = 1_000_000;

  @Test
  void a_key_costs_at_most_25_bytes_in_a_hash_index_at_any_size_and_length() {
    for (int length : new int[] {16, 100}) {
      HashKeydir index = new HashKeydir(1, 2);
      for (int i = 0; i < KEYS; i++) {
        index.put(random(i, length), 8L * i);
        if (i >= 200_000 && i % 10_000 == 0) {
          assertThat(index.memoryBytes()).as("at %d keys", i).isLessThanOrEqualTo(25L * i);
        }
      }
      assertThat(index.memoryBytes()).isLessThanOrEqualTo(25L * KEYS);
    }
  }

  @Test
  void a_random_key_of_16_bytes_costs_at_most_45_bytes_in_an_ordered_index() {
    OrderedTree index = new OrderedTree();
    for (int i = 0; i < KEYS; i++) {
      index.put(random(i, 16), 8L * i);
      if (i >= 100_000 && i % 50_000 == 0) {
        assertThat(index.memoryBytes()).as("at %d keys", i).isLessThanOrEqualTo(45L * i);
      }
    }
    assertThat(index.memoryBytes()).isLessThanOrEqualTo(45L * KEYS);
  }

  @Test
  void ascending_keys_fill_the_pages_of_an_ordered_index() {
    OrderedTree index = new OrderedTree();
    for (int i = 0; i < KEYS; i++) {
      index.put(ByteBuffer.allocate(16).putLong(7).putLong(i).array(), 8L * i);
    }
    assertThat(index.memoryBytes()).isLessThanOrEqualTo(20L * KEYS);
  }

  @Test
  void memory_given_up_is_used_again() {
    for (Keydir index : new Keydir[] {new HashKeydir(1, 2), new OrderedTree()}) {
      long most = 0;
      for (int round = 0; round < 6; round++) {
        for (int i = 0; i < 50_000; i++) {
          index.put(random(round * 50_000 + i, 16), 8);
        }
        try (Keydir.View view = index.view()) {
          for (int i = 0; i < 50_000; i++) {
            index.remove(random(round * 50_000 + i, 16));
          }
          assertThat(view.size()).isEqualTo(50_000);
        }
        most = round == 1 ? index.memoryBytes() : most;
      }
      assertThat(index.memoryBytes()).isLessThanOrEqualTo(most * 11 / 10);
    }
  }

  @Test
  void long_keys_give_their_memory_back() {
    OrderedTree index = new OrderedTree();
    long most = 0;
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 400; i++) {
        index.put(Keys.VERY_LONG.key(i + round), 8);
      }
      for (int i = 0; i < 400; i++) {
        index.remove(Keys.VERY_LONG.key(i + round));
      }
      most = round == 0 ? index.memoryBytes() : most;
    }
    assertThat(index.size()).isZero();
    assertThat(index.memoryBytes()).isLessThanOrEqualTo(most * 11 / 10);
  }

  @Test
  void a_table_gives_pages_back_when_it_empties() {
    HashTable table = new HashTable(new PagePool(Arena.ofAuto()));
    int[] pages = new int[1];
    for (long i = 1; i <= 50_000; i++) {
      table.put(SplitMix.mix(i), 0, 8);
    }
    table.forEachPage(page -> pages[0]++);
    assertThat(pages[0]).isGreaterThan(50_000 / FingerprintPage.SLOTS_MAX);
    for (long i = 1; i <= 50_000; i++) {
      table.remove(SplitMix.mix(i), 0);
    }
    pages[0] = 0;
    table.forEachPage(page -> pages[0]++);
    assertThat(pages[0]).isLessThanOrEqualTo(32);
  }

  @Test
  void an_empty_index_costs_little() {
    assertThat(new HashKeydir(1, 2).memoryBytes()).isLessThan(70_000);
    assertThat(new OrderedTree().memoryBytes()).isLessThan(70_000);
  }

  private static byte[] random(int number, int length) {
    byte[] key = new byte[length];
    ByteBuffer.wrap(key)
        .putLong(length - 16, SplitMix.mix(number + 1))
        .putLong(length - 8, SplitMix.mix(~number));
    return key;
  }
}
