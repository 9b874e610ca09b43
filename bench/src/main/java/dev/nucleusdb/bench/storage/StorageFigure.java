package dev.nucleusdb.bench.storage;

/// Names of figures, as children print them and JSON repeats them. Rates are per second.
public final class StorageFigure {
  /// Of the floors: an append with its sync; the median, milliseconds, and how many in a second.
  public static final String FLOOR_SYNC_MILLIS = "floor-sync-p50-ms";

  /// Index probe, copy from a mapped file, checksum: nanoseconds.
  public static final String FLOOR_GET_NANOS = "floor-get-ns";

  /// Writing one large file piece by piece, large values' size each: MB a second, without and with
  /// a sync at its end.
  public static final String FLOOR_WRITE_MB = "floor-write-mb";

  /// As [#FLOOR_WRITE_MB].
  public static final String FLOOR_WRITE_SYNCED_MB = "floor-write-synced-mb";

  /// Reading that file in the same pieces, from the operating system's memory: MB a second.
  public static final String FLOOR_READ_MB = "floor-read-mb";

  /// New keys.
  public static final String PUT = "put-rate";

  /// Bytes of keys and values in them, MB.
  public static final String PUT_MB = "put-mb";

  /// Gets of keys that are there.
  public static final String GET_HIT = "get-hit-rate";

  /// Bytes of keys and values in them, MB.
  public static final String GET_MB = "get-hit-mb";

  /// As many threads as cores.
  public static final String GET_ALL_CORES = "get-hit-all-cores-rate";

  /// Gets of keys that are not there.
  public static final String GET_MISS = "get-miss-rate";

  /// Keys.
  public static final String SCAN_KEYS = "scan-keys-rate";

  /// Keys with values.
  public static final String SCAN_VALUES = "scan-values-rate";

  /// Gets and overwrites.
  public static final String MIXED = "mixed-rate";

  /// From the call of open to the first value, milliseconds.
  public static final String OPEN_CLEAN = "open-clean-ms";

  /// As [#OPEN_CLEAN].
  public static final String OPEN_KILLED = "open-killed-ms";

  /// Memory of the index, by the store's own account.
  public static final String INDEX_BYTES = "index-bytes-per-key";

  /// What the process holds beyond the JVM's heap and mapped files, more than before, MB.
  public static final String NATIVE_MB = "native-mb";

  /// Blocks on the disk by bytes of keys and values.
  public static final String DISK = "disk-per-data";

  /// Bytes written to the disk by bytes of keys and values put.
  public static final String AMPLIFICATION = "write-amplification";

  /// Overwrites while that was measured.
  public static final String OVERWRITE = "overwrite-rate";

  /// As [#DISK], right after the overwrites.
  public static final String DISK_OVERWRITTEN = "disk-per-data-overwritten";

  /// As [#DISK], once all is merged.
  public static final String DISK_SETTLED = "disk-per-data-settled";

  /// What merging gave back during the measured time, MB; negative if the store grew.
  public static final String MERGED_MB = "merged-mb";

  private StorageFigure() {}

  /// A percentile of paced gets or puts, microseconds.
  public static String micros(String phase, String operation, String percentile) {
    return phase + "-" + operation + "-" + percentile + "-us";
  }

  /// Durable puts.
  public static String synced(int writers) {
    return "synced-rate-" + writers;
  }

  /// The disk's own rate of appends with a sync, in turns with the durable puts.
  public static String syncFloor() {
    return "synced-floor-rate";
  }
}
