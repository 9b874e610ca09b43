package dev.nucleusdb.bench.storage;

import java.util.Locale;

/// What can be measured of a store.
public enum StorageMeasure {
  /// New keys in random order, one thread, no sync. Always done: the rest needs them.
  PUT,
  /// Keys that are there, one thread, then as many as there are cores.
  GET_HIT,
  /// Keys that are not there.
  GET_MISS,
  /// All keys in order.
  SCAN_KEYS,
  /// All keys and values in order.
  SCAN_VALUES,
  /// Gets and overwrites in turn, one thread, no sync.
  MIXED,
  /// Open after a clean close; memory of the index; bytes on the disk.
  OPEN_CLEAN,
  /// Open after a kill amid overwrites.
  OPEN_KILLED,
  /// What random overwrites write to the disk.
  AMPLIFICATION,
  /// Reads and writes at a fixed pace, idle and beside merges.
  MERGE,
  /// Durable puts.
  SYNCED;

  /// How it is written on a command line.
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
