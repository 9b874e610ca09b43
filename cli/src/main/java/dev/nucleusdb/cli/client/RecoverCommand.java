package dev.nucleusdb.cli.client;

import dev.nucleusdb.bitcask.Bitcask;
import dev.nucleusdb.bitcask.BitcaskOptions;
import dev.nucleusdb.bitcask.BitcaskRules;
import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.system.FileDisk;
import dev.nucleusdb.core.system.FileDiskOptions;
import dev.nucleusdb.core.system.NodeThread;
import dev.nucleusdb.core.system.NodeThreadOptions;
import dev.nucleusdb.core.system.SystemClock;
import dev.nucleusdb.core.system.SystemRandom;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.raft.recovery.Survivor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `nucleus client admin recover`: one node goes on alone when a majority is lost for good.
@Command(
    name = "recover",
    mixinStandardHelpOptions = true,
    description = {
      "Makes one node a cluster of its own when a majority of the nodes is lost for good.",
      "The node must be stopped. Take the one with most of the log: --compare tells. Without the long"
          + " flag nothing is changed."
    },
    footer = {
      "",
      "Afterwards start that node as before, and others with empty folders and --join; then take them"
          + " in with 'nucleus client members --set'. Old folders of the others are refused.",
      "Examples:",
      "  nucleus client admin recover --id 1 --data n1 --compare n3",
      "  nucleus client admin recover --id 1 --data n1 --i-understand-that-data-may-be-lost"
    })
public final class RecoverCommand implements Callable<Integer> {
  @Option(names = "--id", required = true, paramLabel = "N", description = "Which node goes on.")
  int id;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FOLDER",
      description = "The folder of that node.")
  Path data = Path.of("");

  @Option(
      names = "--compare",
      paramLabel = "FOLDER",
      description = "The folder of another node that is left; may be given several times.")
  List<Path> compared = new ArrayList<>();

  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      description = "Where the node is, if its log does not say so.")
  @Nullable String address;

  @Option(
      names = "--i-understand-that-data-may-be-lost",
      description = "Do it; without this it is only told what would be done.")
  boolean consent;

  @Override
  public Integer call() {
    if (id < 1) {
      throw new UsageException("'" + id + "' is no node id; ids are numbers from 1");
    }
    for (Path other : compared) {
      compare(other);
    }
    return with(data, this::recover);
  }

  private void compare(Path other) {
    boolean better =
        with(
            other,
            theirs ->
                with(
                    data,
                    ours -> {
                      Survivor rival = Survivor.open(theirs, new SystemRandom());
                      Survivor survivor = Survivor.open(ours, new SystemRandom());
                      boolean behind = !survivor.isAtLeast(rival);
                      rival.close();
                      survivor.close();
                      return behind;
                    }));
    if (better) {
      throw new UsageException(
          "the log in " + other + " is more up to date, or of another cluster: recover that one");
    }
    System.out.println("the log in " + other + " is not more up to date");
  }

  private int recover(Disk disk) {
    NodeId self = new NodeId(id);
    StorageEngine store =
        Bitcask.open(
            disk,
            "store",
            BitcaskOptions.DEFAULT,
            BitcaskRules.DEFAULT,
            new SystemRandom(),
            Trace.NONE);
    long appliedIndex = store.appliedIndex();
    store.close();
    Survivor survivor = Survivor.open(disk, new SystemRandom());
    Address place = address == null ? null : new Address(address);
    String hole = survivor.hole(appliedIndex);
    String obstacle = hole == null ? survivor.obstacle(self, place) : hole;
    if (obstacle != null) {
      throw new UsageException(self + " cannot go on alone: " + obstacle);
    }
    List<String> report = survivor.report(self, appliedIndex);
    report.forEach(System.out::println);
    if (!consent) {
      System.err.println(
          "nucleus: nothing was changed; with --i-understand-that-data-may-be-lost it is done");
      return ExitCode.USAGE;
    }
    List<String> record = new ArrayList<>(List.of(Instant.now() + " recovered by hand"));
    record.addAll(report);
    String file = survivor.becomeCluster(self, place, record);
    survivor.close();
    System.out.println(
        self + " is a cluster of its own; " + data.resolve(file) + " keeps what was said here");
    return ExitCode.OK;
  }

  private static <T> T with(Path folder, Function<Disk, T> task) {
    if (!Files.isDirectory(folder)) {
      throw new UsageException("there is no folder " + folder);
    }
    SystemClock clock = new SystemClock(Duration.ofMillis(100));
    try (NodeThread thread =
            NodeThread.start("recover", clock, NodeThreadOptions.DEFAULT, (reason, failure) -> {});
        FileDisk disk = FileDisk.open(folder, thread, FileDiskOptions.DEFAULT)) {
      return thread.call(() -> task.apply(disk));
    } catch (DiskException | CorruptionException | IllegalArgumentException e) {
      throw new UsageException(folder + ": " + e.getMessage());
    }
  }
}
