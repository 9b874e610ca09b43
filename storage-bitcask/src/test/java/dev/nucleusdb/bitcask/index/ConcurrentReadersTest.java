package dev.nucleusdb.bitcask.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/// While one thread writes, every reader sees a place that was in force during its read, and every
/// view what was there when it was opened.
class ConcurrentReadersTest {
  private static final int KEYS = 12_000;
  private static final int STEPS = 400_000;
  private static final int STEPS_PER_VIEW = 8_000;

  private final byte[][] keys = new byte[KEYS][];

  /// Of each key: how many changes have begun, and how many are done. A change to a number that is
  /// divisible by three is a removal.
  private final AtomicIntegerArray begun = new AtomicIntegerArray(KEYS);

  private final AtomicIntegerArray done = new AtomicIntegerArray(KEYS);
  private final BlockingQueue<Opened> opened = new ArrayBlockingQueue<>(3);
  private volatile boolean finished;

  private record Opened(Keydir.View view, int[] changes) {}

  @Test
  void of_a_hash_index() throws Exception {
    run(new HashKeydir(3, 4), Keys.RANDOM);
  }

  @Test
  void of_an_ordered_index() throws Exception {
    run(new OrderedTree(), Keys.RANDOM);
  }

  @Test
  void of_an_ordered_index_with_long_keys() throws Exception {
    run(new OrderedTree(), Keys.LONG_PREFIX);
  }

  @Test
  void of_an_ordered_index_with_keys_in_chains() throws Exception {
    run(new OrderedTree(), Keys.VERY_LONG);
  }

  private void run(Keydir index, Keys family) throws Exception {
    int count = family == Keys.VERY_LONG ? 500 : KEYS;
    for (int i = 0; i < count; i++) {
      keys[i] = family.key(i);
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int reader = 0; reader < 2; reader++) {
        long seed = reader;
        all.add(CompletableFuture.runAsync(() -> read(index, count, seed), threads));
      }
      all.add(CompletableFuture.runAsync(this::lookAtViews, threads));
      try {
        write(index, count, family == Keys.VERY_LONG ? STEPS / 20 : STEPS);
      } finally {
        finished = true;
      }
      for (CompletableFuture<Void> one : all) {
        one.get();
      }
    }
  }

  /// Phases that mostly add and phases that mostly remove, so that pages split and merge.
  private void write(Keydir index, int count, int steps) {
    RandomSource random = new SplitMix(9);
    for (int step = 0; step < steps; step++) {
      boolean growing = step / (3 * count) % 2 == 0;
      int i = random.nextInt(count);
      int now = done.get(i);
      int next = now + 1;
      if (next % 3 == 0 && growing && random.chance(0.9)) {
        next++;
      } else if (next % 3 != 0 && !growing) {
        next += 2 - (next - 1) % 3;
      }
      begun.set(i, next);
      if (next % 3 == 0) {
        index.remove(keys[i]);
      } else {
        index.put(keys[i], place(i, next, false));
      }
      done.set(i, next);
      if (next % 3 != 0 && random.chance(0.2)) {
        index.move(keys[i], place(i, next, true));
      }
      if (step % Math.min(STEPS_PER_VIEW, steps / 20) == 0 && opened.remainingCapacity() > 0) {
        int[] changes = new int[count];
        for (int k = 0; k < count; k++) {
          changes[k] = done.get(k);
        }
        opened.add(new Opened(index.view(), changes));
      }
    }
  }

  private static long place(int key, int change, boolean moved) {
    int check = (int) (SplitMix.mix((long) key << 32 | change) & 0x7fff);
    return Place.of(change, 8L * key, 8L * check, moved);
  }

  private static int changeOf(long place) {
    int change = Place.fileNumber(place);
    int key = (int) (Place.offset(place) / 8);
    assertThat(place).isEqualTo(place(key, change, Place.isTombstone(place)));
    return change;
  }

  private void read(Keydir index, int count, long seed) {
    RandomSource random = new SplitMix(seed);
    long hits = 0;
    while (!finished) {
      int i = random.nextInt(count);
      int from = done.get(i);
      long place = index.get(keys[i]);
      int to = begun.get(i);
      if (place == Place.NONE) {
        // Absent at first, or after a removal between.
        assertThat(from == 0 || to / 3 * 3 >= from).as("%d to %d", from, to).isTrue();
      } else {
        hits++;
        assertThat(Place.offset(place)).isEqualTo(8L * i);
        assertThat(changeOf(place)).isBetween(from, to);
      }
    }
    assertThat(hits).isPositive();
  }

  private void lookAtViews() {
    int looked = 0;
    while (!finished || !opened.isEmpty()) {
      Opened one = opened.poll();
      if (one == null) {
        Thread.onSpinWait();
        continue;
      }
      int[] left = one.changes.clone();
      long[] shown = new long[1];
      boolean all =
          one.view.forEach(place -> {
            int key = (int) (Place.offset(place) / 8);
            assertThat(changeOf(place)).as("key %d", key).isEqualTo(left[key]);
            left[key] = 0;
            shown[0]++;
            return true;
          });
      assertThat(all).isTrue();
      assertThat(shown[0]).isEqualTo(one.view.size());
      for (int change : left) {
        assertThat(change % 3).isZero();
      }
      one.view.close();
      looked++;
    }
    assertThat(looked).isGreaterThan(5);
  }
}
