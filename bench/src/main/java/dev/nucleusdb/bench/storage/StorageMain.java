package dev.nucleusdb.bench.storage;

import dev.nucleusdb.bench.store.OpenStore;
import dev.nucleusdb.bench.store.StorageSystem;
import dev.nucleusdb.bench.store.StorePlace;
import dev.nucleusdb.bench.trial.Told;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/// The program of a child JVM; what it tells are lines of [Told].
///
/// ```
///   STAGE CLASS FOLDER KEYS VALUE-SIZE MILLIS MEASURES   ──► "figure NAME VALUE"..., "ready", "done"
/// ```
public final class StorageMain {
  private static final int WARM_UP_KEYS = 20_000;
  private static final int WARM_UP_VALUE_BYTES = 100;

  private StorageMain() {}

  /// Runs a stage and ends the JVM: some libraries leave threads behind.
  public static void main(String[] arguments) {
    try {
      String stage = arguments[0];
      Path folder = Files.createDirectories(Path.of(arguments[2]));
      Workload workload =
          new Workload(Long.parseLong(arguments[3]), Integer.parseInt(arguments[4]));
      long millis = Long.parseLong(arguments[5]);
      Set<StorageMeasure> measures = EnumSet.noneOf(StorageMeasure.class);
      for (String name : arguments[6].split(",", -1)) {
        measures.add(StorageMeasure.valueOf(name));
      }
      if (stage.equals("floor")) {
        new StorageFloors(folder).tell(workload, millis);
      } else {
        StorageSystem system =
            Class.forName(arguments[1])
                .asSubclass(StorageSystem.class)
                .getDeclaredConstructor()
                .newInstance();
        new StorageStages(system, folder, workload, millis, measures).run(stage);
      }
      Told.line("done");
      System.exit(0);
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
      Told.line("failed " + e.toString().lines().findFirst().orElse("without a word"));
      System.exit(1);
    }
  }

  /// Loads a store's classes and its native library, and has its code compiled, in a small store
  /// beside the one that is measured.
  static void warmUp(StorageSystem system, Path folder, boolean synced) throws Exception {
    Workload small = new Workload(WARM_UP_KEYS, WARM_UP_VALUE_BYTES);
    Files.createDirectories(folder);
    try (OpenStore store = system.open(new StorePlace(folder, synced, 10 * small.dataBytes()))) {
      int puts = synced ? 50 : WARM_UP_KEYS;
      for (int i = 0; i < puts; i++) {
        store.put(small.present(i), small.value(i));
      }
      for (int i = 0; i < WARM_UP_KEYS; i++) {
        store.get(small.present(i));
      }
      if (store.isOrdered()) {
        store.scanKeys();
        store.scan();
      }
    }
  }
}
