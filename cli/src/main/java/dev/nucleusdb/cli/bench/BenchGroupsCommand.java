package dev.nucleusdb.cli.bench;

import dev.nucleusdb.bench.trial.GroupsTrial;
import dev.nucleusdb.cli.shell.Durations;
import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `nucleus bench groups`: many groups on the same nodes.
@Command(
    name = "groups",
    mixinStandardHelpOptions = true,
    description = {
      "Many Raft groups on three nodes in this JVM, over loopback TCP and real syncs: commits and"
          + " syncs per second; heap, messages and CPU of groups that sleep; restart.",
      "CPU and heap are those of the whole process, divided by all replicas where it says so."
    },
    footer = {
      "",
      "Examples:",
      "  nucleus bench groups --groups 1,8,48 --dir /var/tmp",
      "  nucleus bench groups --groups '' --idle 1000,10000 --restart 10000"
    })
final class BenchGroupsCommand implements Callable<Integer> {
  @Option(names = "--groups", paramLabel = "LIST", description = "Loaded groups (default 1,8,48).")
  String groups = "1,8,48";

  @Option(
      names = "--outstanding",
      paramLabel = "N",
      description = "Entries under way in all groups together (default 1024).")
  int outstanding = 1024;

  @Option(
      names = "--each",
      paramLabel = "N",
      description = "Also with so many entries under way in each group.")
  int each;

  @Option(
      names = "--leaders",
      paramLabel = "WHERE",
      description =
          "Who leads loaded groups: first, one node all of them, as it leads one alone; spread, the"
              + " nodes in turn, as where leaders are balanced (default first).")
  Where leaders = Where.first;

  @Option(names = "--idle", paramLabel = "LIST", description = "Groups that sleep (default none).")
  String idle = "";

  @Option(names = "--restart", paramLabel = "LIST", description = "Groups before a restart.")
  String restart = "";

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "How long each is counted (default 5s).")
  Duration duration = Duration.ofSeconds(5);

  @Option(names = "--dir", paramLabel = "FOLDER", description = "On the disk to be used.")
  Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  /// Who leads loaded groups.
  enum Where {
    spread,
    first
  }

  @Override
  public Integer call() throws InterruptedException {
    if (outstanding < 1 || each < 0 || !Files.isDirectory(folder)) {
      throw new UsageException("--outstanding is at least 1, --dir a folder");
    }
    GroupsTrial trial = new GroupsTrial(folder.toAbsolutePath(), System.out);
    try {
      load(trial);
      if (!idle.isEmpty()) {
        System.out.println(
            "\n  asleep   heap/replica    messages/s     CPU us/s all   CPU us/s/replica");
        for (int count : parse(idle)) {
          trial.idle(count, duration);
        }
      }
      if (!restart.isEmpty()) {
        System.out.println(
            "\n  groups   all open, s   each has committed, s     messages   until all sleep");
        for (int count : parse(restart)) {
          trial.restart(count);
        }
      }
    } catch (IOException e) {
      throw new UsageException("cannot use " + folder + ": " + e.getMessage());
    }
    return ExitCode.OK;
  }

  private void load(GroupsTrial trial) throws IOException, InterruptedException {
    List<Integer> counts = parse(groups);
    if (!counts.isEmpty()) {
      System.out.println(
          "  groups    under way    commits/s     p50 ms     p99 ms  syncs/s/node  CPU us/commit"
              + "  bytes/commit");
    }
    for (int count : counts) {
      trial.load(count, outstanding, duration, leaders == Where.spread);
    }
    for (int count : each > 0 ? counts : List.<Integer>of()) {
      trial.load(count, each * count, duration, leaders == Where.spread);
    }
  }

  private static List<Integer> parse(String list) {
    List<Integer> parsed = new ArrayList<>();
    for (String word : list.split(",", -1)) {
      if (!word.isEmpty()) {
        try {
          parsed.add(Integer.valueOf(word.strip()));
        } catch (NumberFormatException e) {
          throw new UsageException("'" + word + "' is no number of groups");
        }
      }
    }
    if (parsed.stream().anyMatch(count -> count < 1 || count > 1_000_000)) {
      throw new UsageException("1 to 1,000,000 groups");
    }
    return parsed;
  }
}
