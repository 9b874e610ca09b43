package dev.nucleusdb.scenarios.store.oracle;

import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.storage.StorageEngine;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All that a store shows: every key, by get and by scan.
///
/// @param appliedIndex its index
/// @param durableIndex what it says is durable
/// @param found keys and values
/// @param damaged keys that are refused with a [CorruptionException]
/// @param reported the first damage that it reported, or null
/// @param mismatch where get and scan differ, or null
/// @param keyCount how many keys it says that it has
/// @param liveBytes how many bytes it says are live
public record Sight(
    long appliedIndex,
    long durableIndex,
    NavigableMap<byte[], byte[]> found,
    Set<byte[]> damaged,
    @Nullable CorruptionException reported,
    @Nullable String mismatch,
    long keyCount,
    long liveBytes) {
  private static final byte[] FIRST = {};

  /// Looks at a store.
  ///
  /// @param keys all keys that may be there
  /// @throws dev.nucleusdb.core.disk.DiskException if the disk does not let it
  public static Sight of(StorageEngine engine, List<byte[]> keys) {
    NavigableMap<byte[], byte[]> found = new TreeMap<>(Bytes.ORDER);
    Set<byte[]> damaged = new TreeSet<>(Bytes.ORDER);
    CorruptionException reported = null;
    for (byte[] key : keys) {
      try {
        byte[] value = engine.get(key);
        if (value != null) {
          found.put(key, value);
        }
      } catch (CorruptionException damage) {
        damaged.add(key);
        reported = damage;
      }
    }
    NavigableMap<byte[], byte[]> scanned = new TreeMap<>(Bytes.ORDER);
    boolean whole = true;
    try {
      engine.scan(FIRST, null, (key, value) -> scanned.put(key, value) == null);
    } catch (CorruptionException damage) {
      reported = damage;
      whole = false;
    }
    StorageEngine.Statistics statistics = engine.statistics();
    return new Sight(
        engine.appliedIndex(),
        engine.durableIndex(),
        found,
        damaged,
        reported,
        mismatch(found, scanned, damaged, whole),
        statistics.keyCount(),
        statistics.liveBytes());
  }

  private static @Nullable String mismatch(
      NavigableMap<byte[], byte[]> found,
      NavigableMap<byte[], byte[]> scanned,
      Set<byte[]> damaged,
      boolean whole) {
    for (var entry : scanned.entrySet()) {
      byte[] key = entry.getKey();
      if (!damaged.contains(key) && !Arrays.equals(entry.getValue(), found.get(key))) {
        return "a scan and a get of " + History.name(key) + " differ";
      }
    }
    return whole && damaged.isEmpty() && scanned.size() != found.size()
        ? "a scan shows " + scanned.size() + " keys, gets show " + found.size()
        : null;
  }
}
