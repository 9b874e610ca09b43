package dev.nucleusdb.bench.storage;

import dev.nucleusdb.bench.trial.Child;
import dev.nucleusdb.bench.trial.Samples;
import dev.nucleusdb.bench.trial.TrialException;
import dev.nucleusdb.bench.trial.Trials.ClassPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Runs the turns for one size of values: round by round, and within a round store by store.
public final class StorageTrials {
  private static final long PATIENCE_MILLIS = 600_000;
  private static final long DIRTY_MILLIS = 300;

  private final StorageOptions options;
  private final int valueSize;
  private final ClassPaths classPaths;
  private final Consumer<String> progress;
  private final Map<StoreContestant, Samples> measured = new EnumMap<>(StoreContestant.class);
  private final Map<StoreContestant, String> troubles = new EnumMap<>(StoreContestant.class);
  private final Samples floor = new Samples();

  /// @param classPaths where a store's classes lie
  /// @param progress is told what comes next, in a few words
  public StorageTrials(
      StorageOptions options, int valueSize, ClassPaths classPaths, Consumer<String> progress) {
    this.options = options;
    this.valueSize = valueSize;
    this.classPaths = classPaths;
    this.progress = progress;
  }

  /// Measures.
  ///
  /// @return what came of it
  /// @throws IOException if the folder cannot be written to
  /// @throws TrialException if the machine's own figures cannot be taken
  public StorageResults run() throws IOException, InterruptedException, TrialException {
    for (int round = 1; round <= options.rounds(); round++) {
      progress.accept("round %d of %d: the machine".formatted(round, options.rounds()));
      takeFloor();
      for (StoreContestant contestant : options.contestants()) {
        new Turn(contestant, round).run();
      }
    }
    return new StorageResults(valueSize, options.keysFor(valueSize), floor, measured, troubles);
  }

  private void takeFloor() throws IOException, InterruptedException, TrialException {
    Path folder = Files.createTempDirectory(options.folder(), "floor-");
    try (Child child = start("floor", StoreContestant.NUCLEUS, folder, folder)) {
      awaitDone(child, floor);
    } finally {
      deleteTree(folder);
    }
  }

  private Child start(String stage, StoreContestant contestant, Path folder, Path data)
      throws IOException, TrialException {
    List<String> flags = new ArrayList<>(StorageOptions.JVM_FLAGS);
    flags.addAll(contestant.jvmFlags());
    List<String> arguments =
        List.of(
            stage,
            contestant.systemClass(),
            data.toString(),
            Long.toString(options.keysFor(valueSize)),
            Integer.toString(valueSize),
            Long.toString(options.duration().toMillis()),
            options.measures().stream().map(Enum::name).collect(Collectors.joining(",")));
    return Child.start(
        flags,
        classPaths.of(contestant),
        StorageMain.class,
        arguments,
        folder.resolve("errors.txt"));
  }

  private static void awaitDone(Child child, Samples samples)
      throws InterruptedException, TrialException {
    while (true) {
      String line = child.next(PATIENCE_MILLIS);
      if (line == null) {
        throw new TrialException("it ended, or fell silent, before it was done");
      } else if (line.equals("done") || line.equals("ready")) {
        return;
      } else if (line.startsWith("failed ")) {
        throw new TrialException(line.substring("failed ".length()));
      }
      String[] words = line.split(" ", -1);
      samples.add(words[1], Double.parseDouble(words[2]));
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      below
          .sorted(Comparator.reverseOrder())
          .forEach(path -> {
            try {
              Files.deleteIfExists(path);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  /// One store in one round.
  private final class Turn {
    private final StoreContestant contestant;
    private final int round;
    private final Samples samples;
    private final Path folder;

    Turn(StoreContestant contestant, int round) throws IOException {
      this.contestant = contestant;
      this.round = round;
      this.samples = measured.computeIfAbsent(contestant, key -> new Samples());
      this.folder = Files.createTempDirectory(options.folder(), contestant.title() + "-");
    }

    void run() throws IOException, InterruptedException {
      try {
        Path data = folder.resolve("data");
        if (stage("fill", data)) {
          if (wants(StorageMeasure.OPEN_CLEAN)) {
            double bytes = ProcessUse.diskBytes(data);
            long keys = options.keysFor(valueSize);
            samples.add(StorageFigure.DISK, bytes / keys / (valueSize + StorageOptions.KEY_BYTES));
            stage("clean", data);
          }
          if (wants(StorageMeasure.AMPLIFICATION) || wants(StorageMeasure.MERGE)) {
            stage("merge", data);
          }
          if (wants(StorageMeasure.OPEN_KILLED) && stage("dirty", data)) {
            stage("killed", data);
          }
        }
        if (wants(StorageMeasure.SYNCED)) {
          stage("synced", folder.resolve("synced"));
        }
      } finally {
        deleteTree(folder);
      }
    }

    private boolean wants(StorageMeasure measure) {
      return options.measures().contains(measure);
    }

    /// @return whether it came to its end
    private boolean stage(String name, Path data) throws IOException, InterruptedException {
      progress.accept(
          "round %d of %d: %s, %s".formatted(round, options.rounds(), contestant.title(), name));
      try (Child child = start(name, contestant, folder, data)) {
        awaitDone(child, samples);
        if (name.equals("dirty")) {
          Thread.sleep(DIRTY_MILLIS);
          child.kill();
        }
        return true;
      } catch (TrialException e) {
        troubles.merge(
            contestant, name + ": " + e.getMessage(), (a, b) -> a.contains(b) ? a : a + "; " + b);
        return false;
      }
    }
  }
}
