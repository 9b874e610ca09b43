package dev.nucleusdb.cli.bench;

import dev.nucleusdb.bench.storage.StorageMeasure;
import dev.nucleusdb.bench.storage.StorageOptions;
import dev.nucleusdb.bench.storage.StorageResults;
import dev.nucleusdb.bench.storage.StorageTrials;
import dev.nucleusdb.bench.storage.StoreContestant;
import dev.nucleusdb.bench.trial.PeerLibraries;
import dev.nucleusdb.bench.trial.TrialException;
import dev.nucleusdb.cli.shell.Durations;
import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `nucleus bench storage`: our store beside others, in the same run.
@Command(
    name = "storage",
    mixinStandardHelpOptions = true,
    description = {
      "Our store beside others, as libraries: 16-byte hashed keys, random values. In each round"
          + " each store has its turn, every stage of it in a JVM of its own with the same flags;"
          + " the machine's own limits are taken in each round and printed above.",
      "Durable and other puts are measured apart. The others are fetched and built when they are"
          + " asked for."
    },
    footer = {
      "",
      "Engines:  nucleus (ordered index), nucleus-hash, rocksdb, rocksdb-tuned, lmdb, mapdb, mvstore",
      "Measures: put, get-hit, get-miss, scan-keys, scan-values, mixed, open-clean, open-killed,",
      "          amplification, merge, synced",
      "",
      "Examples:",
      "  nucleus bench storage --quick --engines nucleus",
      "  nucleus bench storage --dir /var/tmp --engines nucleus,lmdb --measures get-hit,synced",
      "  nucleus bench storage --values 16,1024,65536 --rounds 5"
    })
final class BenchStorageCommand implements Callable<Integer> {
  private static final int VALUE_BYTES_MAX = 16 << 20;
  private static final long KEYS_MAX = 500_000_000;
  private static final int ROUNDS_MAX = 1000;

  @Option(
      names = "--engines",
      paramLabel = "LIST",
      description = "Which, in the order of their turns (default all).")
  @Nullable String engines;

  @Option(
      names = "--measures",
      paramLabel = "LIST",
      description = "What of them (default all; put is always done).")
  @Nullable String measures;

  @Option(
      names = "--keys",
      paramLabel = "N",
      description =
          "Keys in a store (default 1000000; with large values as many as make 2 GiB of data).")
  @Nullable Long keys;

  @Option(
      names = "--values",
      paramLabel = "LIST",
      description = "Bytes of a value; each size is measured by itself (default 100).")
  String values = "100";

  @Option(names = "--rounds", paramLabel = "N", description = "Turns of each (default 3).")
  @Nullable Integer rounds;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "How long each load is counted (default 3s).")
  @Nullable Duration duration;

  @Option(
      names = "--quick",
      description = "One round, 100,000 keys, half a second for each load: to see that it works.")
  boolean quick;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description = "On the disk to be used (default the folder for temporary files).")
  Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(names = "--json", description = "One JSON object, as the last line.")
  boolean json;

  @Override
  public Integer call() throws InterruptedException {
    StorageOptions options = options();
    try {
      BenchRaftCommand.warnOfMemory(options.folder());
      PeerLibraries libraries = PeerLibraries.ofThisProcess(Progress::say);
      List<StoreContestant> there = new ArrayList<>(options.contestants());
      there.removeAll(libraries.prepare(there));
      options = options(there);
      List<StorageResults> results = new ArrayList<>();
      for (int valueSize : options.valueSizes()) {
        results.add(new StorageTrials(options, valueSize, libraries, Progress::show).run());
      }
      Progress.show("");
      StorageBenchReport report = new StorageBenchReport(options, results);
      System.out.println(report.text());
      if (json) {
        System.out.println(report.json());
      }
      boolean any = results.stream().anyMatch(result -> !result.measured().isEmpty());
      return any ? ExitCode.OK : ExitCode.UNDECIDED;
    } catch (IOException e) {
      throw new UsageException("cannot use " + options.folder() + ": " + e.getMessage());
    } catch (TrialException e) {
      throw new UsageException("the machine's own limits were not measured: " + e.getMessage());
    }
  }

  /// @throws UsageException if the flags make no sense
  StorageOptions options() {
    List<StoreContestant> all = List.of(StoreContestant.values());
    return options(
        engines == null ? all : named("--engines", "engine", engines, all, StoreContestant::title));
  }

  private StorageOptions options(List<StoreContestant> wanted) {
    int turns = rounds == null ? (quick ? 1 : 3) : rounds;
    long keyCount = keys == null ? (quick ? 100_000 : 1_000_000) : keys;
    Duration counted = duration == null ? Duration.ofMillis(quick ? 500 : 3000) : duration;
    if (turns < 1 || turns > ROUNDS_MAX || counted.toMillis() < 100 || counted.toHours() > 1) {
      throw new UsageException("--rounds is 1 to 1000, --duration 100ms to 1h");
    }
    if (keyCount < 1000 || keyCount > KEYS_MAX) {
      throw new UsageException("--keys is 1000 to 500000000, not " + keyCount);
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new UsageException("--dir " + folder + " is no folder that can be written to");
    }
    return new StorageOptions(
        wanted, measures(), turns, keyCount, sizes(values), counted, folder.toAbsolutePath());
  }

  private Set<StorageMeasure> measures() {
    List<StorageMeasure> all = List.of(StorageMeasure.values());
    Set<StorageMeasure> wanted = EnumSet.of(StorageMeasure.PUT);
    wanted.addAll(
        measures == null
            ? all
            : named("--measures", "measure", measures, all, StorageMeasure::title));
    return wanted;
  }

  /// @throws UsageException if one is no size of a value
  static List<Integer> sizes(String list) {
    List<Integer> sizes = new ArrayList<>();
    for (String word : list.split(",", -1)) {
      try {
        int size = Integer.parseInt(word.strip());
        if (size >= 1 && size <= VALUE_BYTES_MAX && !sizes.contains(size)) {
          sizes.add(size);
          continue;
        }
      } catch (NumberFormatException _) {
        // said below
      }
      throw new UsageException(
          "--values is a list of different sizes from 1 to 16777216 bytes, such as 16,100,1024;"
              + " '"
              + word
              + "' cannot stand in it");
    }
    return sizes;
  }

  /// @throws UsageException if a name is none, or comes twice
  static <T> List<T> named(
      String flag, String what, String list, List<T> all, Function<T, String> title) {
    List<T> parsed = new ArrayList<>();
    for (String name : list.split(",", -1)) {
      T found =
          all.stream()
              .filter(one -> title.apply(one).equals(name.strip()))
              .findFirst()
              .orElseThrow(() ->
                  new UsageException(
                      "'%s' is no %s; there are %s"
                          .formatted(
                              name,
                              what,
                              all.stream().map(title).collect(Collectors.joining(", ")))));
      if (parsed.contains(found)) {
        throw new UsageException("'" + name + "' is named twice in " + flag);
      }
      parsed.add(found);
    }
    return parsed;
  }
}
