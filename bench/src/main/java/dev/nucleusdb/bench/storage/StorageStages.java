package dev.nucleusdb.bench.storage;

import static dev.nucleusdb.bench.storage.StorageMeasure.*;

import dev.nucleusdb.bench.store.OpenStore;
import dev.nucleusdb.bench.store.StorageSystem;
import dev.nucleusdb.bench.store.StorePlace;
import dev.nucleusdb.bench.trial.DiskFloor;
import dev.nucleusdb.bench.trial.Told;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;

/// What a child JVM does with one store.
final class StorageStages {
  private static final int READ_BATCH = 256;
  private static final int KNOWN_AFTER_OPEN = 1000;
  private static final long PAUSE_NANOS = 100_000;
  private static final int AMPLIFICATION_MILLIS_FACTOR = 5;

  /// A disk changes its pace within seconds: it and the store take turns in short slices.
  private static final int SYNCED_SLICES = 4;

  private final StorageSystem system;
  private final Path folder;
  private final Workload workload;
  private final long millis;
  private final Set<StorageMeasure> measures;

  StorageStages(
      StorageSystem system,
      Path folder,
      Workload workload,
      long millis,
      Set<StorageMeasure> measures) {
    this.system = system;
    this.folder = folder;
    this.workload = workload;
    this.millis = millis;
    this.measures = measures;
  }

  void run(String stage) throws Exception {
    boolean synced = stage.equals("synced");
    StorageMain.warmUp(system, folder.resolveSibling("warm-up-" + stage), synced);
    switch (stage) {
      case "fill" -> fill();
      case "clean" -> reopen(StorageFigure.OPEN_CLEAN);
      case "killed" -> reopen(StorageFigure.OPEN_KILLED);
      case "merge" -> merge();
      case "dirty" -> dirty();
      case "synced" -> synced();
      default -> throw new IllegalArgumentException(stage);
    }
  }

  private OpenStore open(boolean synced) throws Exception {
    return system.open(new StorePlace(folder, synced, workload.dataBytes()));
  }

  private static void figure(String name, double value) {
    Told.figure(name, value);
  }

  /// Operations between two looks at the clock: fewer where each moves much.
  private int batch() {
    return Math.max(1, Math.min(READ_BATCH, (1 << 20) / workload.valueSize()));
  }

  // --- one thread, no sync -----------------------------------------------------------------------

  private void fill() throws Exception {
    ProcessUse before = ProcessUse.now();
    try (OpenStore store = open(false)) {
      long start = System.nanoTime();
      for (long i = 0; i < workload.keys(); i++) {
        store.put(workload.present(i), workload.value(i));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      figure(StorageFigure.PUT, workload.keys() / seconds);
      figure(StorageFigure.PUT_MB, workload.dataBytes() / seconds / 1e6);
      figure(
          StorageFigure.NATIVE_MB, (ProcessUse.now().nativeBytes() - before.nativeBytes()) / 1e6);
      reads(store);
      scans(store);
      if (measures.contains(MIXED)) {
        figure(StorageFigure.MIXED, Load.rate(millis, batch(), number -> mixed(store, number)));
      }
    }
  }

  private void reads(OpenStore store) throws Exception {
    if (measures.contains(GET_HIT)) {
      double hits = Load.rate(millis, batch(), number -> hit(store, number));
      figure(StorageFigure.GET_HIT, hits);
      figure(StorageFigure.GET_MB, hits * workload.dataBytes() / workload.keys() / 1e6);
      int cores = Runtime.getRuntime().availableProcessors();
      figure(
          StorageFigure.GET_ALL_CORES,
          Load.rate(cores, millis, batch(), number -> hit(store, number)));
    }
    if (measures.contains(GET_MISS)) {
      figure(StorageFigure.GET_MISS, Load.rate(millis, batch(), number -> miss(store, number)));
    }
  }

  private void scans(OpenStore store) throws Exception {
    if (store.isOrdered() && measures.contains(SCAN_KEYS)) {
      double scans = Load.rate(millis, 1, number -> whole(store.scanKeys()));
      figure(StorageFigure.SCAN_KEYS, scans * workload.keys());
    }
    if (store.isOrdered() && measures.contains(SCAN_VALUES)) {
      double scans = Load.rate(millis, 1, number -> whole(store.scan()));
      figure(StorageFigure.SCAN_VALUES, scans * workload.keys());
    }
  }

  private void hit(OpenStore store, long number) throws Exception {
    byte[] value = store.get(workload.present(number));
    if (value == null || value.length != workload.valueSize()) {
      throw new IllegalStateException("a value that was put is not there");
    }
  }

  private void miss(OpenStore store, long number) throws Exception {
    if (store.get(workload.missing(number)) != null) {
      throw new IllegalStateException("a value is there that nobody put");
    }
  }

  private void mixed(OpenStore store, long number) throws Exception {
    if ((number & 1 << 20) == 0) {
      hit(store, number);
    } else {
      overwrite(store, number);
    }
  }

  private void overwrite(OpenStore store, long number) throws Exception {
    store.put(workload.present(number), workload.value(number));
  }

  private void whole(long count) {
    if (count != workload.keys()) {
      throw new IllegalStateException("a scan saw " + count + " keys of " + workload.keys());
    }
  }

  // --- opening -----------------------------------------------------------------------------------

  private void reopen(String figure) throws Exception {
    long start = System.nanoTime();
    try (OpenStore store = open(false)) {
      hit(store, 0);
      figure(figure, (System.nanoTime() - start) / 1e6);
      for (int i = 0; i < KNOWN_AFTER_OPEN; i++) {
        hit(store, Workload.mix(i));
      }
      long index = store.indexBytes();
      if (index >= 0) {
        figure(StorageFigure.INDEX_BYTES, (double) index / workload.keys());
      }
    }
  }

  private void dirty() throws Exception {
    OpenStore store = open(false);
    for (long i = 0; ; i++) {
      overwrite(store, Workload.mix(i));
      if (i == workload.keys() / 10) {
        Told.line("ready");
      }
    }
  }

  // --- merging -----------------------------------------------------------------------------------

  private void merge() throws Exception {
    if (measures.contains(AMPLIFICATION)) {
      amplification();
    }
    if (measures.contains(MERGE)) {
      try (OpenStore store = open(false)) {
        besideMerges(store);
      }
    }
  }

  private void amplification() throws Exception {
    long before = ProcessUse.now().writtenBytes();
    long count = 0;
    try (OpenStore store = open(false)) {
      long start = System.nanoTime();
      long end = start + AMPLIFICATION_MILLIS_FACTOR * millis * 1_000_000;
      long wanted = 4 * workload.keys();
      while (count < wanted && System.nanoTime() < end) {
        overwrite(store, Workload.mix(count++));
      }
      figure(StorageFigure.OVERWRITE, count * 1e9 / (System.nanoTime() - start));
      figure(StorageFigure.DISK_OVERWRITTEN, perData(ProcessUse.diskBytes(folder)));
      store.settle();
    }
    double written = ProcessUse.now().writtenBytes() - before;
    double put = (double) count * workload.dataBytes() / workload.keys();
    figure(StorageFigure.AMPLIFICATION, written / put);
    figure(StorageFigure.DISK_SETTLED, perData(ProcessUse.diskBytes(folder)));
  }

  private double perData(long diskBytes) {
    return (double) diskBytes / workload.dataBytes();
  }

  /// What merges do is done once before, so that no compiler's thread takes the cores meanwhile:
  /// what is measured is the store, and not a young JVM.
  private void besideMerges(OpenStore store) throws Exception {
    overwriteAll(store, 1);
    paced(store);
    store.settle();
    paced(store);
    phase(store, "idle");
    overwriteAll(store, 2);
    long before = ProcessUse.diskBytes(folder);
    phase(store, "merging");
    figure(StorageFigure.MERGED_MB, (before - ProcessUse.diskBytes(folder)) / 1e6);
  }

  private void overwriteAll(OpenStore store, long round) throws Exception {
    for (long i = 0; i < workload.keys(); i++) {
      overwrite(store, Workload.mix(-i * round));
    }
  }

  private List<Histogram> paced(OpenStore store) throws Exception {
    return Load.paced(millis, PAUSE_NANOS, n -> hit(store, n), n -> overwrite(store, n));
  }

  private void phase(OpenStore store, String name) throws Exception {
    List<Histogram> nanos = paced(store);
    for (String percentile : List.of("50", "99", "99.9")) {
      double at = Double.parseDouble(percentile);
      figure(
          StorageFigure.micros(name, "get", "p" + percentile),
          nanos.getFirst().getValueAtPercentile(at) / 1e3);
      figure(
          StorageFigure.micros(name, "put", "p" + percentile),
          nanos.getLast().getValueAtPercentile(at) / 1e3);
    }
  }

  // --- durable -----------------------------------------------------------------------------------

  private void synced() throws Exception {
    Files.createDirectories(folder);
    int bytes = workload.valueSize() + StorageOptions.KEY_BYTES;
    try (OpenStore store = open(true)) {
      for (int slice = 0; slice < SYNCED_SLICES; slice++) {
        long part = millis / SYNCED_SLICES;
        figure(StorageFigure.syncFloor(), DiskFloor.measure(folder, bytes, part).perSecond());
        for (int writers : StorageOptions.SYNCED_WRITERS) {
          figure(
              StorageFigure.synced(writers),
              Load.rate(writers, part, 1, number -> overwrite(store, number)));
        }
      }
    }
  }
}
