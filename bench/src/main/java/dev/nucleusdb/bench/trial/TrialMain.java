package dev.nucleusdb.bench.trial;

import dev.nucleusdb.bench.load.ClosedLoop;
import dev.nucleusdb.bench.load.Entries;
import dev.nucleusdb.bench.load.Group;
import dev.nucleusdb.bench.load.Handovers;
import dev.nucleusdb.bench.load.Loaded;
import dev.nucleusdb.bench.load.OpenLoop;
import dev.nucleusdb.bench.system.Place;
import dev.nucleusdb.bench.system.RaftNode;
import dev.nucleusdb.bench.system.RaftSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/// The program of a child JVM. What it tells are lines of [Told].
///
/// ```
///   load CLASS FOLDER PORTS ELECTION-MILLIS MILLIS HANDOVERS OPEN-SHARE
///       ──► "figure NAME VALUE", "trouble LINE"...
///   probe CLASS FOLDER PORTS ELECTION-MILLIS INDEX
///       ──► "ready", then "commit NANOS" whenever it commits for the first time as leader
/// ```
public final class TrialMain {
  private static final long LEADER_TIMEOUT_NANOS = 30_000_000_000L;
  private static final long PROBE_PAUSE_MILLIS = 2;

  private TrialMain() {}

  /// Runs a trial and ends the JVM: some libraries leave threads behind.
  public static void main(String[] arguments) {
    try {
      RaftSystem system =
          Class.forName(arguments[1])
              .asSubclass(RaftSystem.class)
              .getDeclaredConstructor()
              .newInstance();
      Path folder = Path.of(arguments[2]);
      List<Integer> ports = Stream.of(arguments[3].split(",", -1)).map(Integer::valueOf).toList();
      Duration electionTimeout = Duration.ofMillis(Long.parseLong(arguments[4]));
      if (arguments[0].equals("probe")) {
        int index = Integer.parseInt(arguments[5]);
        probe(system, new Place(index, ports, folder, electionTimeout));
      } else {
        List<RaftNode> nodes = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
          Path own = folder.resolve("n" + (i + 1));
          nodes.add(system.start(new Place(i, ports, own, electionTimeout)));
        }
        load(new Group(nodes), arguments);
      }
      System.exit(0);
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
      tell("failed " + e.toString().lines().findFirst().orElse("without a word"));
      System.exit(1);
    }
  }

  private static void tell(String line) {
    Told.line(line);
  }

  private static void figure(String name, double value) {
    Told.figure(name, value);
  }

  private static void load(Group group, String[] arguments) throws InterruptedException {
    long millis = Long.parseLong(arguments[5]);
    int handovers = Integer.parseInt(arguments[6]);
    double openShare = Double.parseDouble(arguments[7]);
    Entries entries = Entries.recycled(TrialOptions.ENTRY_BYTES);
    group.awaitLeader(LEADER_TIMEOUT_NANOS);
    long term = group.term();
    double best = 0;
    for (int outstanding : TrialOptions.OUTSTANDING) {
      long warmUp = best == 0 ? 2 * millis : millis / 2;
      Loaded loaded = new ClosedLoop(group, entries, outstanding).run(warmUp, millis);
      best = Math.max(best, loaded.rate());
      tellOf(outstanding, loaded);
    }
    tellOfOpenLoop(group, entries, best * openShare, millis);
    if (term >= 0) {
      figure(Figure.FALSE_ELECTIONS, (double) (group.term() - term));
    }
    handOver(group, entries, handovers);
    tell("done");
  }

  private static void handOver(Group group, Entries entries, int count)
      throws InterruptedException {
    try {
      for (double pause : new Handovers(group, entries).run(count)) {
        figure(Figure.HANDOVER, pause);
      }
    } catch (IllegalStateException e) {
      tell("trouble planned handover: " + e.getMessage());
    }
  }

  private static void tellOf(int outstanding, Loaded loaded) {
    figure(Figure.rate(outstanding), loaded.rate());
    figure(Figure.millis(outstanding, "p50"), loaded.millis(50));
    figure(Figure.millis(outstanding, "p99"), loaded.millis(99));
    figure(Figure.cpu(outstanding), loaded.cpuMicros());
    figure(Figure.allocated(outstanding), loaded.allocatedBytes());
    figure(Figure.refused(outstanding), (double) loaded.refusals());
  }

  private static void tellOfOpenLoop(Group group, Entries entries, double rate, long millis)
      throws InterruptedException {
    if (rate <= 0) {
      return;
    }
    Histogram micros;
    try {
      micros = new OpenLoop(group, entries, rate).run(millis / 2, millis);
    } catch (IllegalStateException e) {
      tell("trouble open loop: " + e.getMessage());
      return;
    }
    figure(Figure.OPEN_RATE, rate);
    figure(Figure.open("p50"), micros.getValueAtPercentile(50) / 1e3);
    figure(Figure.open("p99"), micros.getValueAtPercentile(99) / 1e3);
    figure(Figure.open("p99.9"), micros.getValueAtPercentile(99.9) / 1e3);
  }

  private static void probe(RaftSystem system, Place place) throws Exception {
    RaftNode node = system.start(place);
    tell("ready");
    byte[] entry = new byte[TrialOptions.ENTRY_BYTES];
    boolean told = false;
    while (true) {
      if (node.leads()) {
        CompletableFuture<Boolean> committed = new CompletableFuture<>();
        node.propose(entry, committed::complete);
        if (committed.get() && !told) {
          tell("commit " + System.nanoTime());
          told = true;
        }
      } else {
        told = false;
      }
      Thread.sleep(PROBE_PAUSE_MILLIS);
    }
  }
}
