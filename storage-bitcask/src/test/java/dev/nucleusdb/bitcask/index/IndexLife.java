package dev.nucleusdb.bitcask.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A life of an index beside a sorted map: changes in phases that grow and shrink it, views that
/// stay open over changes, and a look at everything now and then.
final class IndexLife {
  private static final int VIEWS_MAX = 3;

  private final RandomSource random;
  private final Keys family;
  private final int numbers;
  private final Keydir index;
  private final TreeMap<byte[], Long> expected = new TreeMap<>(Bytes.ORDER);
  private final List<Open> views = new ArrayList<>();

  /// Keys whose move a view may show or not: the view's contents hold what may be shown.
  private record Open(Keydir.View view, NavigableMap<byte[], List<Long>> expected) {}

  private IndexLife(long seed, Keys family, int numbers, Keydir index) {
    random = new SplitMix(seed);
    this.family = family;
    this.numbers = numbers;
    this.index = index;
  }

  static void run(long seed, Keys family, int numbers, int steps, Keydir index) {
    IndexLife life = new IndexLife(seed, family, numbers, index);
    double putShare = 0.7;
    for (int i = 0; i < steps; i++) {
      if (i % (1 + numbers / 2) == 0) {
        putShare = life.random.chance(0.6) ? 0.8 : 0.15;
      }
      life.step(putShare);
    }
    life.checkAll();
    life.empty();
    index.close();
  }

  private void step(double putShare) {
    byte[] key = family.draw(random, numbers);
    if (random.chance(0.004)) {
      openOrCloseView();
    } else if (random.chance(0.002)) {
      checkAll();
    } else if (random.chance(0.001)) {
      removeSome();
    } else if (random.chance(0.1)) {
      move(key);
    } else if (random.chance(putShare)) {
      long place = place();
      Long before = expected.put(key, place);
      assertThat(index.put(key, place)).isEqualTo(orNone(before));
    } else {
      assertThat(index.remove(key)).isEqualTo(orNone(expected.remove(key)));
    }
    assertThat(index.get(key)).isEqualTo(orNone(expected.get(key)));
    byte[] other = family.draw(random, numbers);
    assertThat(index.get(other)).isEqualTo(orNone(expected.get(other)));
    assertThat(index.size()).isEqualTo(expected.size());
  }

  private long place() {
    return Place.of(random.nextInt(9), 8L * random.nextInt(1 << 27), 64, random.chance(0.1));
  }

  private static long orNone(@Nullable Long place) {
    return place == null ? Place.NONE : place;
  }

  private void move(byte[] key) {
    Long before = expected.get(key);
    if (before != null) {
      long to = place();
      expected.put(key, to);
      index.move(key, to);
      for (Open open : views) {
        List<Long> shown = open.expected.get(key);
        if (shown != null && shown.contains(before)) {
          shown.add(to);
        }
      }
    }
  }

  private void removeSome() {
    long which = random.nextInt(8);
    expected.values().removeIf(place -> place % 64 / 8 == which);
    index.removeIf(place -> place % 64 / 8 == which);
  }

  private void openOrCloseView() {
    if (views.size() < VIEWS_MAX && random.chance(0.6)) {
      TreeMap<byte[], List<Long>> now = new TreeMap<>(Bytes.ORDER);
      expected.forEach((key, place) -> now.put(key, new ArrayList<>(List.of(place))));
      views.add(new Open(index.view(), now));
    } else if (!views.isEmpty()) {
      Open open = views.remove(random.nextInt(views.size()));
      check(open);
      open.view.close();
    }
  }

  private void checkAll() {
    views.forEach(this::check);
    if (index instanceof OrderedKeydir ordered) {
      checkScan(ordered);
      checkCursor(ordered.cursor());
    }
  }

  private void check(Open open) {
    assertThat(open.view.size()).isEqualTo(open.expected.size());
    List<Long> shown = new ArrayList<>();
    assertThat(open.view.forEach(shown::add)).isTrue();
    assertThat(shown).hasSize(open.expected.size());
    if (open.view instanceof OrderedKeydir.OrderedView ordered) {
      int at = 0;
      OrderedKeydir.Cursor cursor = ordered.cursor();
      boolean more = cursor.seek(new byte[0]);
      for (Map.Entry<byte[], List<Long>> entry : open.expected.entrySet()) {
        assertThat(entry.getValue()).contains(shown.get(at++));
        assertThat(more).isTrue();
        assertThat(cursor.key()).isEqualTo(entry.getKey());
        assertThat(entry.getValue()).contains(cursor.place());
        more = cursor.next();
      }
      assertThat(more).isFalse();
    } else {
      checkUnordered(open, shown);
    }
  }

  /// Every key has one place shown, from among its own.
  private static void checkUnordered(Open open, List<Long> shown) {
    TreeMap<Long, Integer> left = new TreeMap<>();
    shown.forEach(place -> left.merge(place, 1, Integer::sum));
    TreeSet<Long> moved = new TreeSet<>();
    for (List<Long> places : open.expected.values()) {
      if (places.size() == 1) {
        assertThat(left.merge(places.getFirst(), -1, Integer::sum)).isNotNegative();
      } else {
        moved.addAll(places);
      }
    }
    left.values().removeIf(count -> count == 0);
    assertThat(moved).containsAll(left.keySet());
  }

  private void checkScan(OrderedKeydir ordered) {
    byte[] from = family.draw(random, numbers);
    byte[] to = random.chance(0.3) ? null : family.draw(random, numbers);
    NavigableMap<byte[], Long> range =
        to == null
            ? expected.tailMap(from, true)
            : Bytes.ORDER.compare(from, to) > 0
                ? new TreeMap<>(Bytes.ORDER)
                : expected.subMap(from, true, to, false);
    List<byte[]> keys = new ArrayList<>();
    List<Long> places = new ArrayList<>();
    ordered.scan(
        from,
        to,
        (buffer, length, place) -> keys.add(Arrays.copyOf(buffer, length)) && places.add(place));
    assertThat(keys).usingElementComparator(Bytes.ORDER).containsExactlyElementsOf(range.keySet());
    assertThat(places).containsExactlyElementsOf(range.values());
  }

  /// Walks to and fro from a key.
  private void checkCursor(OrderedKeydir.Cursor cursor) {
    byte[] from = family.draw(random, numbers);
    boolean forwards = random.chance(0.5);
    Map.Entry<byte[], Long> at = forwards ? expected.ceilingEntry(from) : expected.lowerEntry(from);
    boolean there = forwards ? cursor.seek(from) : cursor.seekLast(from);
    if (random.chance(0.1)) {
      at = expected.lastEntry();
      there = cursor.seekLast(null);
    }
    for (int i = 0; i < 300; i++) {
      assertThat(there).isEqualTo(at != null);
      if (at == null) {
        return;
      }
      assertThat(cursor.key()).isEqualTo(at.getKey());
      assertThat(cursor.place()).isEqualTo(at.getValue());
      if (random.chance(0.1)) {
        forwards = !forwards;
      }
      at = forwards ? expected.higherEntry(at.getKey()) : expected.lowerEntry(at.getKey());
      there = forwards ? cursor.next() : cursor.previous();
    }
  }

  /// Takes everything out, one by one, and looks at the views that remain.
  private void empty() {
    List<byte[]> keys = new ArrayList<>(expected.keySet());
    while (!keys.isEmpty()) {
      byte[] key = keys.remove(random.nextInt(keys.size()));
      assertThat(index.remove(key)).isEqualTo(expected.remove(key));
    }
    assertThat(index.size()).isZero();
    views.forEach(this::check);
    views.forEach(open -> open.view.close());
    views.clear();
    assertThat(index.put(new byte[] {1}, 8)).isEqualTo(Place.NONE);
    try (Keydir.View view = index.view()) {
      assertThat(view.forEach(place -> place == 8)).isTrue();
      assertThat(view.size()).isEqualTo(1);
    }
  }
}
