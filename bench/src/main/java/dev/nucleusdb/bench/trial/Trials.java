package dev.nucleusdb.bench.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Runs the trials in turns: round by round, and within a round system by system.
public final class Trials {
  private static final long START_MILLIS = 60_000;
  private static final long FLOOR_MILLIS = 500;

  /// Those of the three nodes, when one entry is under way.
  private static final int SYNCS_AT_ONCE = 3;

  private static final int NODES = 3;

  private final TrialOptions options;
  private final ClassPaths classPaths;
  private final Consumer<String> progress;
  private final Map<Contestant, Samples> measured = new EnumMap<>(Contestant.class);
  private final Map<Contestant, String> troubles = new EnumMap<>(Contestant.class);
  private final Set<Contestant> stopped = EnumSet.noneOf(Contestant.class);
  private final Samples floor = new Samples();

  /// Where a system's classes lie.
  @FunctionalInterface
  public interface ClassPaths {
    /// The class path of a child JVM.
    ///
    /// @throws TrialException if there is none
    String of(Peer peer) throws TrialException;
  }

  /// @param progress is told what comes next, in a few words
  public Trials(TrialOptions options, ClassPaths classPaths, Consumer<String> progress) {
    this.options = options;
    this.classPaths = classPaths;
    this.progress = progress;
  }

  /// Measures.
  ///
  /// @throws IOException if the folder cannot be written to
  public void run() throws IOException, InterruptedException {
    for (int round = 1; round <= options.rounds(); round++) {
      floors();
      for (Contestant contestant : options.contestants()) {
        if (!stopped.contains(contestant)) {
          progress.accept(
              "round %d of %d: %s".formatted(round, options.rounds(), contestant.title()));
          turn(contestant);
        }
      }
    }
  }

  private void floors() throws IOException, InterruptedException {
    floor.add(
        DiskFloor.MILLIS,
        DiskFloor.measure(options.folder(), TrialOptions.ENTRY_BYTES, FLOOR_MILLIS).p50Millis());
    floor.add(
        DiskFloor.OVERLAPPED_MILLIS,
        DiskFloor.overlappedMillis(
            options.folder(), SYNCS_AT_ONCE, TrialOptions.ENTRY_BYTES, FLOOR_MILLIS));
  }

  /// What was measured of each system that could be.
  public Map<Contestant, Samples> measured() {
    return measured;
  }

  /// What of a system could not be measured, in a line.
  public Map<Contestant, String> troubles() {
    return troubles;
  }

  /// What the disk allows.
  public Samples floor() {
    return floor;
  }

  private void turn(Contestant contestant) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(options.folder(), contestant.title() + "-");
    Path errors = folder.resolve("errors.txt");
    boolean whole = false;
    try {
      String classPath = classPaths.of(contestant);
      load(contestant, classPath, folder);
      if (options.crashes() > 0) {
        Probes probes = new Probes(options, contestant, classPath, folder.resolve("crash"), errors);
        samples(contestant).addAll(probes.run(freePorts()));
      }
      whole = true;
    } catch (TrialException e) {
      stopped.add(contestant);
      troubles.put(
          contestant, e.getMessage() + (Files.exists(errors) ? "; its words: " + errors : ""));
    } finally {
      deleteTree(folder, whole);
    }
  }

  private Samples samples(Contestant contestant) {
    return measured.computeIfAbsent(contestant, key -> new Samples());
  }

  private void load(Contestant contestant, String classPath, Path folder)
      throws IOException, InterruptedException, TrialException {
    List<String> arguments =
        List.of(
            "load",
            contestant.systemClass(),
            folder.toString(),
            written(freePorts()),
            Long.toString(options.electionTimeout().toMillis()),
            Long.toString(options.duration().toMillis()),
            Integer.toString(options.handovers()),
            Double.toString(options.openShare()));
    long patience =
        START_MILLIS + 5 * options.duration().toMillis() + 20_000L * options.handovers();
    try (Child child =
        Child.start(
            options.jvmFlags(),
            classPath,
            TrialMain.class,
            arguments,
            folder.resolve("errors.txt"))) {
      while (true) {
        String line = child.next(patience);
        if (line == null) {
          throw new TrialException("it ended, or fell silent, before it was done");
        } else if (line.equals("done")) {
          return;
        } else if (line.startsWith("failed ")) {
          throw new TrialException(line.substring("failed ".length()));
        } else if (line.startsWith("trouble ")) {
          troubles.merge(
              contestant,
              line.substring("trouble ".length()),
              (a, b) -> a.contains(b) ? a : a + "; " + b);
          continue;
        }
        String[] words = line.split(" ", -1);
        samples(contestant).add(words[1], Double.parseDouble(words[2]));
      }
    }
  }

  static String written(List<Integer> ports) {
    return ports.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /// Ports that nobody listens on just now.
  static List<Integer> freePorts() throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < NODES; i++) {
        sockets.add(new ServerSocket(0));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  /// Deletes what a trial has left; all but its words if it failed.
  private static void deleteTree(Path folder, boolean whole) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      below
          .sorted(Comparator.reverseOrder())
          .filter(path -> whole || !(path.equals(folder) || path.endsWith("errors.txt")))
          .forEach(path -> {
            try {
              Files.deleteIfExists(path);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
