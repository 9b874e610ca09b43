package dev.nucleusdb.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Arrays that serve again.
class MessageArraysTest {
  private final MessageArrays arrays = new MessageArrays();

  @Test
  void an_array_is_long_enough_and_less_than_twice_as_long() {
    for (int length = 129; length <= MessageArrays.LENGTH_MAX; length += 97) {
      assertThat(arrays.take(length).length).isBetween(length, 2 * length - 1);
    }
    assertThat(arrays.take(1)).hasSize(128);
    assertThat(arrays.take(128)).hasSize(128);
    assertThat(arrays.take(MessageArrays.LENGTH_MAX)).hasSize(MessageArrays.LENGTH_MAX);
  }

  @Test
  void one_that_came_back_serves_once_at_a_time() {
    byte[] first = arrays.take(1000);
    arrays.giveBack(first);
    assertThat(arrays.hasKept(600)).isTrue();
    assertThat(arrays.take(600)).isSameAs(first);
    assertThat(arrays.hasKept(600)).isFalse();
    assertThat(arrays.take(600)).isNotSameAs(first);
  }

  @Test
  void what_is_too_long_is_as_long_as_was_asked_and_never_comes_back() {
    byte[] large = arrays.take(MessageArrays.LENGTH_MAX + 1);
    assertThat(large).hasSize(MessageArrays.LENGTH_MAX + 1);
    arrays.giveBack(large);
    arrays.giveBack(new byte[0]);
    assertThat(arrays.keptBytes()).isZero();
    assertThat(arrays.hasKept(MessageArrays.LENGTH_MAX + 1)).isFalse();
  }

  @Test
  void what_waits_is_bounded_in_bytes_and_in_count() {
    List<byte[]> taken = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      taken.add(arrays.take(200_000));
    }
    taken.forEach(arrays::giveBack);
    assertThat(arrays.keptBytes()).isEqualTo(MessageArrays.KEPT_BYTES_MAX);
    for (int i = 0; i < 20; i++) {
      arrays.take(200_000);
    }
    assertThat(arrays.keptBytes()).isZero();
    for (int i = 0; i < 2 * MessageArrays.KEPT_COUNT_MAX; i++) {
      arrays.giveBack(new byte[128]);
    }
    assertThat(arrays.keptBytes()).isEqualTo(128 * MessageArrays.KEPT_COUNT_MAX);
  }
}
