package dev.nucleusdb.bench.storage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What is measured, and how long.
///
/// @param contestants the stores, in the order of the turns
/// @param measures what of them
/// @param rounds how many turns each has
/// @param keys how many keys a store holds; fewer where their values would take more than
///   [#DATA_BYTES_MAX]
/// @param valueSizes bytes of a value; each size is measured by itself
/// @param duration how long each load is counted; half as long it runs before that
/// @param folder where the stores keep their files; each turn has a folder in it, deleted
///   afterwards
public record StorageOptions(
    List<StoreContestant> contestants,
    Set<StorageMeasure> measures,
    int rounds,
    long keys,
    List<Integer> valueSizes,
    Duration duration,
    Path folder) {

  /// The same for all stores. The last two are what the others need from a JDK of today.
  public static final List<String> JVM_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms1g",
          "-Xmx1g",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /// What a store holds at most, so that large values fit on the disk of a laptop.
  public static final long DATA_BYTES_MAX = 2L << 30;

  /// From here on a value is large: its bytes count, and not how many of them there are.
  public static final int LARGE_VALUE_BYTES = 64 << 10;

  /// Bytes of a key.
  public static final int KEY_BYTES = 16;

  /// Who writes at once in the synced load.
  public static final List<Integer> SYNCED_WRITERS = List.of(1, 64);

  /// How many keys a store with values of that size holds.
  public long keysFor(int valueSize) {
    return Math.max(16, Math.min(keys, DATA_BYTES_MAX / (valueSize + KEY_BYTES)));
  }
}
