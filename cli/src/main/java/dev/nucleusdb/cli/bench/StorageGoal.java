package dev.nucleusdb.cli.bench;

import dev.nucleusdb.bench.storage.StorageFigure;
import dev.nucleusdb.bench.storage.StorageOptions;
import dev.nucleusdb.bench.storage.StorageResults;
import dev.nucleusdb.bench.storage.StoreContestant;
import dev.nucleusdb.bench.trial.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One goal of the store, and what came of it.
///
/// @param name its number and what it is about
/// @param value what was measured, by the medians
/// @param bound what it should be
/// @param atLeast whether it should be that or more; otherwise that or less
record StorageGoal(String name, double value, double bound, boolean atLeast) {
  boolean isMet() {
    return atLeast ? value >= bound : value <= bound;
  }

  /// By how much it was missed, as a factor: 2 is half of what it should be, or twice.
  double missedBy() {
    return atLeast ? bound / value : value / bound;
  }

  String line() {
    return "%s: %s, goal %s %s: %s"
        .formatted(
            name,
            number(value),
            atLeast ? "at least" : "at most",
            number(bound),
            isMet() ? "met" : "MISSED by a factor of %.2f".formatted(missedBy()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : "%.2f", value);
  }

  /// Those that can be told by what was measured.
  static List<StorageGoal> of(StorageResults results, int cores) {
    Samples ours = results.measured().get(StoreContestant.NUCLEUS);
    return ours == null ? List.of() : new Goals(results, ours).all(cores);
  }

  private static final class Goals {
    private final StorageResults results;
    private final Samples ours;
    private final List<StorageGoal> goals = new ArrayList<>();

    Goals(StorageResults results, Samples ours) {
      this.results = results;
      this.ours = ours;
    }

    List<StorageGoal> all(int cores) {
      double hit = ours.median(StorageFigure.GET_HIT);
      atLeast("S1 get / lmdb", than(StorageFigure.GET_HIT, StoreContestant.LMDB), 1.5);
      atLeast("S1 get / rocksdb", than(StorageFigure.GET_HIT, StoreContestant.ROCKSDB), 8);
      atMost(
          "S1 get / floor", 1e9 / hit / results.floor().median(StorageFigure.FLOOR_GET_NANOS), 2.5);
      atLeast(
          "S2 get, all cores / (one x cores)",
          ours.median(StorageFigure.GET_ALL_CORES) / hit / cores,
          0.8);
      atLeast("S2 get, not there / there", ours.median(StorageFigure.GET_MISS) / hit, 1);
      atLeast("S3 put / rocksdb", than(StorageFigure.PUT, StoreContestant.ROCKSDB), 5);
      hashed();
      double one = ours.median(StorageFigure.synced(1));
      atLeast("S4 durable, 1 writer / disk", one / ours.median(StorageFigure.syncFloor()), 0.95);
      atLeast("S4 durable, 64 writers / 1", ours.median(StorageFigure.synced(64)) / one, 40);
      atLeast(
          "S4 durable, 64 writers / rocksdb",
          than(StorageFigure.synced(64), StoreContestant.ROCKSDB),
          1.2);
      large();
      atMost("S6 ordered index, bytes per key", ours.median(StorageFigure.INDEX_BYTES), 45);
      atMost("S7 open after close, ms", ours.median(StorageFigure.OPEN_CLEAN), 200);
      atMost(
          "S7 open after kill, ms x cores / million keys",
          ours.median(StorageFigure.OPEN_KILLED) * cores / (results.keys() / 1e6),
          100);
      atLeast("S8 scan keys", ours.median(StorageFigure.SCAN_KEYS), 3e6);
      atLeast("S8 scan values / lmdb", than(StorageFigure.SCAN_VALUES, StoreContestant.LMDB), 0.5);
      atLeast(
          "S8 scan values / rocksdb", than(StorageFigure.SCAN_VALUES, StoreContestant.ROCKSDB), 2);
      atMost("S9 written / put", ours.median(StorageFigure.AMPLIFICATION), 2.1);
      for (String operation : List.of("get", "put")) {
        atMost(
            "S10 %s p99.9, merging / idle".formatted(operation),
            ours.median(StorageFigure.micros("merging", operation, "p99.9"))
                / ours.median(StorageFigure.micros("idle", operation, "p99.9")),
            2);
      }
      return goals;
    }

    /// Large values beside one file that is written and read from its beginning to its end, in
    /// pieces of the same size, neither synced.
    private void large() {
      if (results.valueSize() < StorageOptions.LARGE_VALUE_BYTES) {
        return;
      }
      Samples floor = results.floor();
      atLeast(
          "S5 put MB / one file",
          ours.median(StorageFigure.PUT_MB) / floor.median(StorageFigure.FLOOR_WRITE_MB),
          0.9);
      atLeast(
          "S5 get MB / one file",
          ours.median(StorageFigure.GET_MB) / floor.median(StorageFigure.FLOOR_READ_MB),
          0.9);
    }

    /// What is for gets and puts alone, with the index that is for them.
    private void hashed() {
      Samples hash = results.measured().get(StoreContestant.NUCLEUS_HASH);
      if (hash == null) {
        return;
      }
      atLeast(
          "S1 get / lmdb, hash index",
          than(hash, StorageFigure.GET_HIT, StoreContestant.LMDB),
          1.5);
      atLeast(
          "S1 get / rocksdb, hash index",
          than(hash, StorageFigure.GET_HIT, StoreContestant.ROCKSDB),
          8);
      atLeast(
          "S3 put / rocksdb, hash index",
          than(hash, StorageFigure.PUT, StoreContestant.ROCKSDB),
          5);
      atMost("S6 hash index, bytes per key", hash.median(StorageFigure.INDEX_BYTES), 25);
    }

    private double than(String figure, StoreContestant other) {
      return than(ours, figure, other);
    }

    private double than(Samples one, String figure, StoreContestant other) {
      @Nullable Samples theirs = results.measured().get(other);
      return theirs == null ? Double.NaN : one.ratio(figure, theirs);
    }

    private void atLeast(String name, double value, double bound) {
      add(new StorageGoal(name, value, bound, true));
    }

    private void atMost(String name, double value, double bound) {
      add(new StorageGoal(name, value, bound, false));
    }

    private void add(StorageGoal goal) {
      if (Double.isFinite(goal.value())) {
        goals.add(goal);
      }
    }
  }
}
