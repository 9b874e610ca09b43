package dev.nucleusdb.cli.serve;

import dev.nucleusdb.cli.shell.Durations;
import dev.nucleusdb.cli.shell.ElectionTimeouts;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.RaftOptions;
import dev.nucleusdb.raft.read.LeaseOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `nucleus serve`: one production node.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs a node; alone it is a complete single-node store.",
    footer = {
      "",
      "Examples:",
      "  nucleus serve",
      "  nucleus serve --id 2 --data node2 \\",
      "      --members 1=127.0.0.1:7101,2=127.0.0.1:7102,3=127.0.0.1:7103",
      "  nucleus serve --join --id 4 --data node4 \\",
      "      --members 1=127.0.0.1:7101,2=127.0.0.1:7102,3=127.0.0.1:7103,4=127.0.0.1:7104"
    })
public final class ServeCommand implements Callable<Integer> {
  /// Where a single node listens, and where clients look if they are told nothing.
  public static final String DEFAULT_ADDRESS = "127.0.0.1:7100";

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where the node keeps its files (default nucleus-data).")
  Path data = Path.of("nucleus-data");

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where a single node listens (default " + DEFAULT_ADDRESS + ").")
  String listen = DEFAULT_ADDRESS;

  @Option(names = "--id", paramLabel = "N", description = "Which of the members this node is.")
  int id = 1;

  @Option(
      names = "--members",
      paramLabel = "LIST",
      description = "All nodes of the cluster, as 1=HOST:PORT,2=HOST:PORT,...")
  @Nullable String members;

  @Option(
      names = "--join",
      description = "The node is new: it waits until 'nucleus client members --set' takes it in.")
  boolean join;

  @Option(
      names = "--lease",
      paramLabel = "TIME",
      converter = Durations.class,
      description =
          "A leader reads alone for so long after an entry, up to 10s; the same on all nodes, and"
              + " clocks must not stand still (default 0s: every read asks a majority).")
  Duration lease = Duration.ZERO;

  @Option(
      names = "--election-timeout",
      paramLabel = "TIME",
      converter = ElectionTimeouts.class,
      description =
          "The shortest silence of a leader before others try to replace it; the longest is twice"
              + " that. It speaks up ten times as often. The same on all nodes, 50ms to 60s"
              + " (default 1s).")
  Duration electionTimeout = ElectionTimeouts.DEFAULT;

  @Option(
      names = "--repair",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Sets damaged files aside and lets the other nodes fill this one anew (default true);"
              + " a node that is alone refuses to start in any case.")
  boolean repair = true;

  @Override
  public Integer call() throws InterruptedException {
    List<Member> cluster =
        members == null ? List.of(new Member(new NodeId(1), new Address(listen))) : parse(members);
    NodeId self = nodeId(Integer.toString(id));
    Address here =
        cluster.stream()
            .filter(member -> member.id().equals(self))
            .map(Member::address)
            .findFirst()
            .orElseThrow(() -> new UsageException(self + " is not in the list of members"));
    List<Member> founders =
        join ? cluster.stream().filter(member -> !member.id().equals(self)).toList() : cluster;
    if (founders.isEmpty()) {
      throw new UsageException("--join goes with --members, which names the cluster's nodes too");
    }
    NodeRunner runner = new NodeRunner(self, here, founders, data, options(), repair);
    return runner.run(() ->
        System.out.printf(
            "%s %s on %s, data in %s%n",
            self, join ? "waits to be taken in" : "serves", here, data.toAbsolutePath()));
  }

  private RaftOptions options() {
    try {
      return RaftOptions.DEFAULT
          .withElectionTimeout(electionTimeout)
          .withLease(LeaseOptions.of(lease));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--lease: " + e.getMessage());
    }
  }

  /// Members as they stand on a command line.
  ///
  /// @throws UsageException if the list makes no sense
  static List<Member> parse(String list) {
    List<Member> parsed = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1 || part.indexOf(':', equals) < 0) {
        throw new UsageException("'" + part + "' is no member; write it like 1=127.0.0.1:7101");
      }
      Address address = new Address(part.substring(equals + 1).strip());
      parsed.add(new Member(nodeId(part.substring(0, equals).strip()), address));
    }
    return parsed;
  }

  private static NodeId nodeId(String text) {
    try {
      return new NodeId(Integer.parseInt(text));
    } catch (IllegalArgumentException e) {
      throw new UsageException("'" + text + "' is no node id; ids are numbers from 1");
    }
  }
}
