package dev.nucleusdb.cli.serve;

import dev.nucleusdb.bitcask.Bitcask;
import dev.nucleusdb.bitcask.BitcaskOptions;
import dev.nucleusdb.bitcask.BitcaskRules;
import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.node.ReplacingNode;
import dev.nucleusdb.core.system.FileDisk;
import dev.nucleusdb.core.system.FileDiskOptions;
import dev.nucleusdb.core.system.LocalNode;
import dev.nucleusdb.core.system.NodeThread;
import dev.nucleusdb.core.system.NodeThreadOptions;
import dev.nucleusdb.core.system.SystemClock;
import dev.nucleusdb.core.system.SystemRandom;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.database.node.DatabaseNode;
import dev.nucleusdb.database.node.DatabaseOptions;
import dev.nucleusdb.database.node.ExecutionRule;
import dev.nucleusdb.netty.NettyNetwork;
import dev.nucleusdb.netty.NettyOptions;
import dev.nucleusdb.netty.NetworkException;
import dev.nucleusdb.raft.RaftMember;
import dev.nucleusdb.raft.RaftOptions;
import dev.nucleusdb.raft.RaftRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A production node: the node class of the simulator on this machine's clock, disk and sockets.
final class NodeRunner {
  /// What wall clocks are assumed to be off by; nothing safe rests on it.
  private static final Duration CLOCK_ERROR = Duration.ofMillis(100);

  private static final String STORE_DIRECTORY = "store";

  private final NodeId id;
  private final Address listen;
  private final List<Member> founders;
  private final Path folder;
  private final RaftOptions raft;
  private final boolean repairs;

  /// @param listen where this node is
  /// @param founders all nodes that the cluster was founded with, this one among them if it was
  /// @param repairs whether files that are damaged are set aside, for the others to fill the node
  ///   anew
  NodeRunner(
      NodeId id,
      Address listen,
      List<Member> founders,
      Path folder,
      RaftOptions raft,
      boolean repairs) {
    this.id = id;
    this.listen = listen;
    this.founders = founders;
    this.folder = folder;
    this.raft = raft;
    this.repairs = repairs;
  }

  /// Runs until the process is told to stop, or the node stops itself.
  ///
  /// @param started runs once the node serves
  /// @return the exit code
  int run(Runnable started) throws InterruptedException {
    SystemClock clock = new SystemClock(CLOCK_ERROR);
    LastWords lastWords = new LastWords(id);
    try (NodeThread thread =
            NodeThread.start(id.toString(), clock, NodeThreadOptions.DEFAULT, lastWords::hear);
        FileDisk disk = FileDisk.open(folder, thread, FileDiskOptions.DEFAULT);
        NettyNetwork network = NettyNetwork.node(listen, thread, NettyOptions.DEFAULT);
        LocalNode node =
            LocalNode.start(
                id, clock, thread, network, disk, new SystemRandom(), Trace.NONE, this::build)) {
      Thread stopper = Thread.ofPlatform().name("stop").unstarted(() -> stop(node, thread));
      Runtime.getRuntime().addShutdownHook(stopper);
      started.run();
      thread.awaitEnd();
      return lastWords.wereSaid() ? ExitCode.USAGE : ExitCode.OK;
    } catch (DiskException | CorruptionException | NetworkException e) {
      throw new UsageException(id + " cannot start: " + e.getMessage());
    }
  }

  /// A node that leads hands leadership over first, so that a planned stop pauses writes only for
  /// as long as another needs to take over.
  private void stop(LocalNode node, NodeThread thread) {
    DatabaseNode database = node.hasEnded() ? null : databaseOf(node.node());
    if (database != null) {
      CountDownLatch handedOver = new CountDownLatch(1);
      thread.execute(() -> database.handOver(handedOver::countDown));
      try {
        boolean inTime =
            handedOver.await(raft.electionTimeoutMax().toMillis(), TimeUnit.MILLISECONDS);
        if (!inTime) {
          System.err.println("nucleus: " + id + " stops without a successor");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    node.close();
    thread.close();
  }

  private Node build(NodeContext context) {
    boolean alone = founders.equals(List.of(new Member(id, listen)));
    return !repairs || alone
        ? buildDatabase(context)
        : new ReplacingNode(
            context,
            List.of(RaftMember.DIRECTORY, STORE_DIRECTORY),
            words -> System.err.println("nucleus: " + id + " begins anew: " + words),
            this::buildDatabase);
  }

  private static @Nullable DatabaseNode databaseOf(Node node) {
    return switch (node) {
      case DatabaseNode database -> database;
      case ReplacingNode replacing -> databaseOf(replacing.node());
      default -> null;
    };
  }

  private DatabaseNode buildDatabase(NodeContext context) {
    return new DatabaseNode(
        context,
        founders,
        DatabaseOptions.DEFAULT,
        ExecutionRule.SESSIONS,
        seams ->
            Bitcask.open(
                seams.disk(),
                STORE_DIRECTORY,
                BitcaskOptions.DEFAULT,
                BitcaskRules.DEFAULT,
                seams.random().fork("bitcask"),
                seams.trace()),
        channels -> new RaftMember(context, channels, founders, raft, RaftRules.RAFT));
  }

  /// Says why a node stopped itself.
  private static final class LastWords {
    private final NodeId id;
    private volatile boolean said;

    LastWords(NodeId id) {
      this.id = id;
    }

    void hear(String reason, @Nullable Throwable failure) {
      said = true;
      System.err.println("nucleus: " + id + " stops: " + reason);
      if (failure != null) {
        failure.printStackTrace();
      }
    }

    boolean wereSaid() {
      return said;
    }
  }
}
