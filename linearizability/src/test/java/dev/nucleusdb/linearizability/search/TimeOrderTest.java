package dev.nucleusdb.linearizability.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TimeOrderTest {
  @Test
  void numbers_are_sorted_by_their_times_and_equal_ones_stay_in_order() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 500; round++) {
      int count = random.nextInt(40);
      long[] times = random.longs(count, 0, 1 + random.nextInt(30)).toArray();
      List<Integer> expected = new ArrayList<>();
      int[] numbers = new int[count];
      for (int number = 0; number < count; number++) {
        numbers[number] = number;
        expected.add(number);
      }
      expected.sort(Comparator.comparingLong(number -> times[number]));
      TimeOrder.sort(numbers, times);
      assertThat(numbers).containsExactly(expected.stream().mapToInt(Integer::intValue).toArray());
    }
  }
}
