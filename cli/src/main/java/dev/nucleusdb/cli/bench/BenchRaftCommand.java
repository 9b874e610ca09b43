package dev.nucleusdb.cli.bench;

import dev.nucleusdb.bench.trial.Contestant;
import dev.nucleusdb.bench.trial.PeerLibraries;
import dev.nucleusdb.bench.trial.TrialOptions;
import dev.nucleusdb.bench.trial.Trials;
import dev.nucleusdb.cli.shell.Durations;
import dev.nucleusdb.cli.shell.ElectionTimeouts;
import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `nucleus bench raft`: our Raft beside others, in the same run.
@Command(
    name = "raft",
    mixinStandardHelpOptions = true,
    description = {
      "Our Raft beside others: three nodes over loopback TCP, log and vote synced to the disk,"
          + " entries of 128 bytes. In each round each system has a JVM of its own, with the same"
          + " flags: closed loops with 1,024, 64 and 1 entries under way; an open loop; planned"
          + " handovers; then three JVMs of one node each, whose leader is killed.",
      "CPU time and bytes are those of the whole process: three nodes, the load, the collector and"
          + " the compiler. The others are fetched and built when they are asked for.",
      "Many groups on one node, and groups that sleep: see nucleus bench groups."
    },
    footer = {
      "",
      "Examples:",
      "  nucleus bench raft --quick --systems nucleus",
      "  nucleus bench raft --dir /var/tmp --rounds 5 --duration 10s"
    })
final class BenchRaftCommand implements Callable<Integer> {
  @Option(
      names = "--systems",
      paramLabel = "LIST",
      description = "Which, in the order of their turns (default nucleus,jraft,ratis,microraft).")
  String systems = "nucleus,jraft,ratis,microraft";

  @Option(names = "--rounds", paramLabel = "N", description = "Turns of each (default 3).")
  @Nullable Integer rounds;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "How long each load is counted (default 5s).")
  @Nullable Duration duration;

  @Option(
      names = "--quick",
      description = "One round of one second, two handovers, one crash: to see that it works.")
  boolean quick;

  @Option(
      names = "--election-timeout",
      paramLabel = "TIME",
      converter = ElectionTimeouts.class,
      description =
          "The shortest silence of a leader before an election, the longest is twice that, of all"
              + " systems that can be told (default 1s; MicroRaft counts in whole seconds).")
  Duration electionTimeout = ElectionTimeouts.DEFAULT;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description = "On the disk to be used (default the folder for temporary files).")
  Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(names = "--json", description = "One JSON object, as the last line.")
  boolean json;

  @Override
  public Integer call() throws InterruptedException {
    List<Contestant> wanted = parse(systems);
    TrialOptions options = options(wanted);
    try {
      warnOfMemory(options.folder());
      PeerLibraries libraries = PeerLibraries.ofThisProcess(Progress::say);
      wanted = new ArrayList<>(wanted);
      wanted.removeAll(libraries.prepare(wanted));
      Trials trials = new Trials(options(wanted), libraries, Progress::show);
      trials.run();
      Progress.show("");
      RaftBenchReport report = new RaftBenchReport(options, trials);
      System.out.println(json ? report.json() : report.text());
      return trials.measured().isEmpty() ? ExitCode.UNDECIDED : ExitCode.OK;
    } catch (IOException e) {
      throw new UsageException("cannot use " + options.folder() + ": " + e.getMessage());
    }
  }

  /// @throws UsageException if the flags make no sense
  TrialOptions options(List<Contestant> wanted) {
    int turns = rounds == null ? (quick ? 1 : 3) : rounds;
    Duration counted = duration == null ? Duration.ofSeconds(quick ? 1 : 5) : duration;
    if (turns < 1 || turns > 1000 || counted.toMillis() < 100 || counted.toHours() > 1) {
      throw new UsageException("--rounds is 1 to 1000, --duration 100ms to 1h");
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new UsageException("--dir " + folder + " is no folder that can be written to");
    }
    return new TrialOptions(
        wanted,
        turns,
        counted,
        quick ? 2 : 10,
        quick ? 1 : 5,
        0.5,
        electionTimeout,
        folder.toAbsolutePath(),
        TrialOptions.JVM_FLAGS);
  }

  /// @throws UsageException if a name is none, or comes twice
  static List<Contestant> parse(String list) {
    List<Contestant> parsed = new ArrayList<>();
    for (String name : list.split(",", -1)) {
      Contestant found =
          Arrays.stream(Contestant.values())
              .filter(contestant -> contestant.title().equals(name.strip()))
              .findFirst()
              .orElseThrow(() ->
                  new UsageException("'" + name + "' is no system; there are " + allTitles()));
      if (parsed.contains(found)) {
        throw new UsageException("'" + name + "' is named twice in --systems");
      }
      parsed.add(found);
    }
    return parsed;
  }

  private static String allTitles() {
    return Arrays.stream(Contestant.values())
        .map(Contestant::title)
        .collect(Collectors.joining(", "));
  }

  static void warnOfMemory(Path used) throws IOException {
    String kind = Files.getFileStore(used).type();
    if (kind.equals("tmpfs") || kind.equals("ramfs")) {
      Progress.say(used + " is a " + kind + ", where a sync costs nothing; name a disk with --dir");
    }
  }
}
