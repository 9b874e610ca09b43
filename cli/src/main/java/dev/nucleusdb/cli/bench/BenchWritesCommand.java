package dev.nucleusdb.cli.bench;

import dev.nucleusdb.cli.shell.Durations;
import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.system.NodeThread;
import dev.nucleusdb.core.system.NodeThreadOptions;
import dev.nucleusdb.core.system.SystemClock;
import dev.nucleusdb.core.system.SystemRandom;
import dev.nucleusdb.database.client.ClientOptions;
import dev.nucleusdb.database.client.ClientPool;
import dev.nucleusdb.database.client.DatabaseClient;
import dev.nucleusdb.netty.NettyNetwork;
import dev.nucleusdb.netty.NettyOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `nucleus bench writes`: durable writes against a running cluster, and whether every acknowledged
/// one is there afterwards. Kill a node while it runs to see the pause and that nothing is lost.
@Command(
    name = "writes",
    mixinStandardHelpOptions = true,
    description = {
      "Writes to a running cluster, measures, then reads back every acknowledged write.",
      "Kill -9 the leader meanwhile: the longest pause is printed, and nothing may be lost."
    },
    footer = {
      "",
      "Example:",
      "  nucleus cluster &",
      "  nucleus bench writes --connect 127.0.0.1:7101,127.0.0.1:7102,127.0.0.1:7103"
    })
public final class BenchWritesCommand implements Callable<Integer> {
  @Option(names = "--connect", paramLabel = "LIST", description = "The nodes, as HOST:PORT,...")
  String connect = "127.0.0.1:7101,127.0.0.1:7102,127.0.0.1:7103";

  @Option(names = "--clients", paramLabel = "N", description = "Writers at once (default 64).")
  int clients = 64;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "How long (default 10s).")
  Duration time = Duration.ofSeconds(10);

  @Option(names = "--value-bytes", paramLabel = "N", description = "Size of a value (default 100).")
  int valueBytes = 100;

  @Override
  public Integer call() throws InterruptedException {
    if (clients < 1 || clients > 4096 || valueBytes < 16) {
      throw new UsageException("--clients is 1 to 4096, --value-bytes at least 16");
    }
    SystemClock clock = new SystemClock(Duration.ofMillis(100));
    try (NodeThread thread =
            NodeThread.start(
                "bench",
                clock,
                NodeThreadOptions.DEFAULT,
                (reason, failure) -> System.err.println("nucleus: the bench stops: " + reason));
        NettyNetwork network = NettyNetwork.client(thread, NettyOptions.DEFAULT)) {
      List<Address> nodes = Stream.of(connect.split(",", -1)).map(Address::new).toList();
      ClientOptions options =
          new ClientOptions(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMillis(20));
      ClientPool pool =
          thread.call(() ->
              new ClientPool(clients, clock, thread, network, new SystemRandom(), nodes, options));
      requireAnswer(thread, pool.clients().getFirst(), nodes);
      return measure(thread, pool.clients());
    }
  }

  /// A load on nobody would try in vain for as long as clients try.
  private static void requireAnswer(NodeThread thread, DatabaseClient client, List<Address> nodes)
      throws InterruptedException {
    BlockingQueue<Boolean> answers = new ArrayBlockingQueue<>(1);
    boolean any = false;
    for (int i = 0; i < nodes.size() && !any; i++) {
      Address node = nodes.get(i);
      thread.execute(() -> client.status(node, status -> answers.add(status != null)));
      any = answers.take();
    }
    if (!any) {
      throw new UsageException(
          "no node answers at " + nodes + ": start them first, as ./nucleus cluster does");
    }
  }

  private int measure(NodeThread thread, List<DatabaseClient> pool) throws InterruptedException {
    String run = Long.toHexString(System.nanoTime());
    List<BenchWriter> writers = new ArrayList<>();
    Progress progress = new Progress();
    for (int i = 0; i < pool.size(); i++) {
      writers.add(new BenchWriter(pool.get(i), run + "-" + i, valueBytes, progress));
    }
    long start = System.nanoTime();
    progress.lastNanos = start;
    writers.forEach(writer -> thread.execute(writer::write));
    Thread.sleep(time.toMillis());
    thread.execute(() -> writers.forEach(BenchWriter::stop));
    for (BenchWriter writer : writers) {
      writer.awaitStopped();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Histogram micros = progress.micros;
    System.out.printf(
        "writes        %,.0f per second, %d clients, %d-byte values, %.1f s%n",
        micros.getTotalCount() / seconds, clients, valueBytes, seconds);
    System.out.printf(
        "latency       p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.2f ms%n",
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        micros.getValueAtPercentile(99.9) / 1e3,
        micros.getMaxValue() / 1e3);
    System.out.printf(
        "outcomes      %,d ok, %,d failed, %,d unknown%n",
        micros.getTotalCount(), progress.failed, progress.unknown);
    System.out.printf("longest pause %.0f ms without an answered write%n", progress.gapNanos / 1e6);
    return verify(thread, writers);
  }

  private static int verify(NodeThread thread, List<BenchWriter> writers)
      throws InterruptedException {
    writers.forEach(writer -> thread.execute(writer::verify));
    long read = 0;
    long lost = 0;
    for (BenchWriter writer : writers) {
      writer.awaitStopped();
      read += writer.readCount();
      lost += writer.lostCount();
    }
    System.out.printf("verified      %,d acknowledged writes read back, %,d lost%n", read, lost);
    return lost == 0 ? ExitCode.OK : ExitCode.VIOLATION;
  }

  /// What all writers share; touched by the client's thread alone.
  static final class Progress {
    final Histogram micros = new Histogram(3_600_000_000L, 3);
    long failed;
    long unknown;
    long gapNanos;
    long lastNanos;

    void ok(long beginNanos) {
      long now = System.nanoTime();
      micros.recordValue((now - beginNanos) / 1000);
      gapNanos = Math.max(gapNanos, now - lastNanos);
      lastNanos = now;
    }
  }
}
