package dev.nucleusdb.bitcask.index;

import dev.nucleusdb.bitcask.index.image.BadImageException;
import dev.nucleusdb.bitcask.index.image.IndexSource;
import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.random.SplitMix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/// What the indexes cost in time and memory, beside the maps of the JDK. A program, not a test:
///
/// ```
///   java -Xmx8g -cp … dev.nucleusdb.bitcask.index.IndexBench [keys] [rounds] [hash,tree,treemap,hashmap]
/// ```
///
/// Each round builds, reads, scans and empties every index in turn. Each step is timed in forty
/// chunks; medians over all chunks and rounds are printed, and the twentieth from either end. Keys
/// are 16 random bytes, made anew for each call; what that costs is printed too and not subtracted.
final class IndexBench {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int READS = 2_000_000;
  private static final int CHUNKS = 40;

  private static long sink;

  private final int keys;
  private final Map<String, List<Double>> figures = new LinkedHashMap<>();
  private int round;

  private IndexBench(int keys) {
    this.keys = keys;
  }

  /// Arguments: keys, rounds, indexes.
  public static void main(String[] args) {
    int keys = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    List<String> which =
        List.of((args.length > 2 ? args[2] : "hash,tree,treemap,hashmap").split(",", -1));
    IndexBench bench = new IndexBench(keys);
    for (bench.round = 0; bench.round < rounds; bench.round++) {
      bench.floor();
      bench.time("keys alone ns", READS, (sum, i) -> sum + key(i)[3]);
      which.forEach(bench::run);
    }
    bench.figures.forEach(IndexBench::print);
  }

  private void run(String name) {
    switch (name) {
      case "hash" -> runIndex(name, new HashKeydir(5, 6));
      case "tree" -> runIndex(name, new OrderedTree());
      case "treemap" -> runMap(name, new TreeMap<>(Bytes.ORDER), key -> key);
      case "hashmap" -> runMap(name, new HashMap<>(), ByteBuffer::wrap);
      default -> throw new IllegalArgumentException(name);
    }
  }

  private void runIndex(String name, Keydir index) {
    time(name + " put ns", keys, (sum, i) -> sum + index.put(key(i), 8 * i));
    note(name + " bytes/key", (double) index.memoryBytes() / keys);
    time(name + " get hit ns", READS, (sum, i) -> sum + index.get(key(drawn(i))));
    time(name + " get miss ns", READS, (sum, i) -> sum + index.get(key(drawn(i) + keys)));
    time(name + " replace ns", READS, (sum, i) -> sum + index.put(key(drawn(i)), 8 * i));
    imageOf(name, index);
    try (Keydir.View view = index.view()) {
      rate(name + " view M places/s", () -> view.forEach(place -> (sink += place) != 1));
      int changes = READS / 10;
      time(
          name + " replace under a view ns",
          changes,
          (sum, i) -> sum + index.put(key(drawn(i)), 8));
    }
    if (index instanceof OrderedKeydir ordered) {
      rate(
          name + " scan M keys/s",
          () ->
              ordered.scan(
                  new byte[0], null, (buffer, length, place) -> (sink += buffer[9] + place) != 1));
      OrderedKeydir.Cursor cursor = ordered.cursor();
      time(
          name + " seek + 10 next ns",
          READS / 10,
          (sum, i) -> {
            cursor.seek(key(drawn(i)));
            for (int k = 0; k < 10 && cursor.next(); k++) {
              sink += cursor.place() + cursor.keyBuffer()[5];
            }
            return sum;
          });
    }
    time(name + " remove ns", keys, (sum, i) -> sum + index.remove(key(i)));
    index.close();
  }

  /// Saves to memory and loads from it: what disks take comes on top.
  private void imageOf(String name, Keydir index) {
    MemorySegment image = Arena.ofAuto().allocate(index.memoryBytes() * 11 / 10 + 100_000);
    long[] end = new long[1];
    rate(
        name + " save M keys/s",
        () ->
            index.save(
                bytes -> {
                  int length = bytes.remaining();
                  image.asSlice(end[0], length).copyFrom(MemorySegment.ofBuffer(bytes));
                  end[0] += length;
                },
                1));
    IndexSource source =
        (offset, into) -> {
          int length = (int) Math.min(into.remaining(), end[0] - offset);
          MemorySegment.ofBuffer(into).copyFrom(image.asSlice(offset, length));
          return length;
        };
    rate(name + " load M keys/s", () -> load(index, source));
  }

  private static void load(Keydir like, IndexSource source) {
    try {
      Keydir loaded =
          like instanceof OrderedTree
              ? OrderedTree.load(source, 1)
              : HashKeydir.load(source, 1, 5, 6);
      sink += loaded.size();
    } catch (BadImageException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private <K> void runMap(
      String name, Map<K, Long> map, java.util.function.Function<byte[], K> wrap) {
    time(
        name + " put ns",
        keys,
        (sum, i) -> {
          map.put(wrap.apply(key(i)), 8 * i);
          return sum;
        });
    time(name + " get hit ns", READS, (sum, i) -> sum + of(map.get(wrap.apply(key(drawn(i))))));
    time(
        name + " get miss ns",
        READS,
        (sum, i) -> sum + of(map.get(wrap.apply(key(drawn(i) + keys)))));
    rate(name + " scan M keys/s", () -> map.forEach((key, place) -> sink += place));
    time(name + " remove ns", keys, (sum, i) -> sum + of(map.remove(wrap.apply(key(i)))));
  }

  private static long of(@Nullable Long place) {
    return place == null ? Place.NONE : place;
  }

  private long drawn(long i) {
    return Long.remainderUnsigned(SplitMix.mix(i * 31 + round), keys);
  }

  private static byte[] key(long number) {
    byte[] key = new byte[16];
    LONG.set(key, 0, SplitMix.mix(number + 1));
    LONG.set(key, 8, SplitMix.mix(~number));
    return key;
  }

  private void time(String name, int count, LongBinaryOperator step) {
    int chunk = count / CHUNKS;
    for (long from = 0; from + chunk <= count; from += chunk) {
      long start = System.nanoTime();
      long sum = 0;
      for (long i = from; i < from + chunk; i++) {
        sum = step.applyAsLong(sum, i);
      }
      sink += sum;
      note(name, (double) (System.nanoTime() - start) / chunk);
    }
  }

  /// What one read of memory that nothing has fetched costs, with as much memory as an index has.
  private void floor() {
    MemorySegment memory = Arena.ofAuto().allocate(24L * keys, 64);
    long lines = memory.byteSize() / 64;
    time(
        "one dependent probe ns",
        READS,
        (sum, i) -> {
          long line = Math.unsignedMultiplyHigh(SplitMix.mix(i + (sum & 1)), lines);
          return sum + memory.get(ValueLayout.JAVA_LONG, line * 64);
        });
    time(
        "one probe ns",
        READS,
        (sum, i) -> {
          long line = Math.unsignedMultiplyHigh(SplitMix.mix(i), lines);
          return sum + memory.get(ValueLayout.JAVA_LONG, line * 64);
        });
  }

  private void rate(String name, Runnable all) {
    long start = System.nanoTime();
    all.run();
    note(name, keys * 1e3 / (System.nanoTime() - start));
  }

  private void note(String name, double value) {
    figures.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
  }

  private static void print(String name, List<Double> values) {
    values.sort(null);
    int count = values.size();
    System.out.printf(
        Locale.ROOT,
        "%-28s %10.1f   (%.1f to %.1f)%n",
        name,
        values.get(count / 2),
        values.get(count / 20),
        values.get(count - 1 - count / 20));
  }
}
