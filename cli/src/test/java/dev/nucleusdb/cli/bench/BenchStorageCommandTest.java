package dev.nucleusdb.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.bench.storage.StorageMeasure;
import dev.nucleusdb.bench.storage.StorageOptions;
import dev.nucleusdb.bench.storage.StoreContestant;
import dev.nucleusdb.cli.shell.UsageException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The flags of `bench storage`.
class BenchStorageCommandTest {
  private static StorageOptions options(String... flags) {
    BenchStorageCommand command = new BenchStorageCommand();
    new CommandLine(command).parseArgs(flags);
    return command.options();
  }

  @Test
  void without_flags_everything_is_measured() {
    StorageOptions options = options();

    assertThat(options.contestants()).containsExactly(StoreContestant.values());
    assertThat(options.measures()).containsExactly(StorageMeasure.values());
    assertThat(options.valueSizes()).containsExactly(100);
    assertThat(options.keys()).isEqualTo(1_000_000);
    assertThat(options.rounds()).isEqualTo(3);
  }

  @Test
  void lists_keep_their_order_and_puts_are_always_done() {
    StorageOptions options =
        options(
            "--engines",
            "rocksdb-tuned,nucleus",
            "--measures",
            "get-hit,synced",
            "--values",
            "1024, 16");

    assertThat(options.contestants())
        .containsExactly(StoreContestant.ROCKSDB_TUNED, StoreContestant.NUCLEUS);
    assertThat(options.measures())
        .containsExactly(StorageMeasure.PUT, StorageMeasure.GET_HIT, StorageMeasure.SYNCED);
    assertThat(options.valueSizes()).containsExactly(1024, 16);
  }

  @Test
  void quick_is_short_and_gives_way_to_what_is_said() {
    StorageOptions options = options("--quick", "--rounds", "2");

    assertThat(options.duration()).isEqualTo(Duration.ofMillis(500));
    assertThat(options.keys()).isEqualTo(100_000);
    assertThat(options.rounds()).isEqualTo(2);
  }

  @Test
  void large_values_make_fewer_keys() {
    StorageOptions options = options();

    assertThat(options.keysFor(100)).isEqualTo(1_000_000);
    assertThat(options.keysFor(1 << 20) * ((1 << 20) + 16))
        .isLessThanOrEqualTo(StorageOptions.DATA_BYTES_MAX);
  }

  @Test
  void what_makes_no_sense_is_refused_with_what_would() {
    assertRefused("rocksdb-tuned", "--engines", "nosuch");
    assertRefused("twice", "--engines", "lmdb,lmdb");
    assertRefused("get-hit", "--measures", "fast");
    assertRefused("--values", "--values", "100,0");
    assertRefused("--values", "--values", "100,100");
    assertRefused("--values", "--values", "many");
    assertRefused("--keys", "--keys", "1");
    assertRefused("--rounds", "--rounds", "0");
    assertRefused("nosuch", "--dir", "nosuch");
  }

  private static void assertRefused(String words, String... flags) {
    assertThatThrownBy(() -> options(flags))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(words);
  }
}
