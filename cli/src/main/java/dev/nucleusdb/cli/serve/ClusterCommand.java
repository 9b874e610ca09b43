package dev.nucleusdb.cli.serve;

import dev.nucleusdb.cli.shell.Durations;
import dev.nucleusdb.cli.shell.ElectionTimeouts;
import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `nucleus cluster`: several node processes on this machine.
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    description = "Runs a real cluster of several processes on this machine.",
    footer = {
      "",
      "Example:",
      "  nucleus cluster --nodes 3 &",
      "  nucleus client --connect 127.0.0.1:7102 put greeting hello"
    })
public final class ClusterCommand implements Callable<Integer> {
  /// By name, because the class of the command knows all verbs and no verb knows it.
  private static final String MAIN_CLASS = "dev.nucleusdb.cli.Main";

  private static final int STOP_SECONDS = 10;

  @Option(names = "--nodes", paramLabel = "N", description = "How many nodes (default 3).")
  int nodes = 3;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The first node's port; the others follow (default 7101).")
  int port = 7101;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where the nodes keep their files (default nucleus-data/cluster).")
  Path data = Path.of("nucleus-data", "cluster");

  @Option(
      names = "--restart",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Starts a node again when its process dies (default true).")
  boolean restart = true;

  @Option(
      names = "--lease",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "As for 'nucleus serve' (default 0s).")
  Duration lease = Duration.ZERO;

  @Option(
      names = "--election-timeout",
      paramLabel = "TIME",
      converter = ElectionTimeouts.class,
      description = "As for 'nucleus serve' (default 1s).")
  Duration electionTimeout = ElectionTimeouts.DEFAULT;

  @Option(
      names = "--repair",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "As for 'nucleus serve' (default true).")
  boolean repair = true;

  private final List<Process> processes = new ArrayList<>();
  private volatile boolean stopping;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (nodes < 1 || nodes > 9 || port < 1 || port + nodes > 65_535) {
      throw new UsageException("--nodes is 1 to 9, and the ports must exist");
    }
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::stop));
    for (int id = 1; id <= nodes; id++) {
      processes.add(start(id));
    }
    System.out.println("clients connect to " + addresses(","));
    System.out.println("stop with Ctrl-C");
    while (!stopping) {
      Thread.sleep(200);
      watch();
    }
    return ExitCode.OK;
  }

  private void watch() throws IOException {
    for (int id = 1; id <= nodes; id++) {
      Process process = processes.get(id - 1);
      if (process.isAlive() || stopping) {
        continue;
      }
      if (!restart || process.exitValue() == ExitCode.USAGE) {
        stopping = true;
        throw new UsageException(
            "n" + id + " ended with code " + process.exitValue() + "; its words are above");
      }
      System.out.println("n" + id + " died with code " + process.exitValue() + "; restarting it");
      processes.set(id - 1, start(id));
    }
  }

  private Process start(int id) throws IOException {
    Path folder = data.resolve("n" + id);
    Files.createDirectories(folder);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            MAIN_CLASS,
            "serve",
            "--id",
            Integer.toString(id),
            "--lease",
            Durations.format(lease),
            "--election-timeout",
            Durations.format(electionTimeout),
            repair ? "--repair" : "--no-repair",
            "--data",
            folder.toString(),
            "--members",
            members());
    Process process = new ProcessBuilder(command).inheritIO().start();
    System.out.printf("n%d is process %d%n", id, process.pid());
    return process;
  }

  private String members() {
    return IntStream.rangeClosed(1, nodes)
        .mapToObj(id -> id + "=127.0.0.1:" + (port + id - 1))
        .collect(Collectors.joining(","));
  }

  private String addresses(String separator) {
    return IntStream.rangeClosed(1, nodes)
        .mapToObj(id -> "127.0.0.1:" + (port + id - 1))
        .collect(Collectors.joining(separator));
  }

  private void stop() {
    stopping = true;
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      try {
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
      }
    }
  }
}
