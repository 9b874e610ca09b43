package dev.nucleusdb.bench.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.bench.store.OpenStore;
import dev.nucleusdb.bench.store.StorePlace;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That what is measured is what it is said to be.
class NucleusStagesTest {
  private static final long KEYS = 1000;

  @TempDir Path folder;

  private final Workload workload = new Workload(KEYS, 100);

  @Test
  void keys_differ_and_missing_ones_are_missing() {
    Set<String> present = new HashSet<>();
    for (long i = 0; i < KEYS; i++) {
      present.add(text(workload.present(i)));
    }

    assertThat(present).hasSize((int) KEYS);
    for (long i = 0; i < KEYS; i++) {
      assertThat(present)
          .contains(text(workload.present(Workload.mix(i))))
          .doesNotContain(text(workload.missing(Workload.mix(i))));
    }
  }

  private static String text(byte[] key) {
    return java.util.HexFormat.of().formatHex(key);
  }

  @Test
  void ours_scans_all_that_was_put_and_tells_what_its_index_takes() throws Exception {
    StorePlace place = new StorePlace(folder, false, workload.dataBytes());
    try (OpenStore store = new NucleusStorage().open(place)) {
      for (long i = 0; i < KEYS; i++) {
        store.put(workload.present(i), workload.value(i));
        store.put(workload.present(i), workload.value(i + 1));
      }
      store.settle();

      assertThat(store.get(workload.present(5))).isEqualTo(workload.value(6));
      assertThat(store.get(workload.missing(5))).isNull();
      assertThat(store.scanKeys()).isEqualTo(KEYS);
      assertThat(store.scan()).isEqualTo(KEYS);
      assertThat(store.indexBytes()).isBetween(KEYS * 8, KEYS * 1000);
    }
  }
}
