package dev.nucleusdb.bench.trial;

import dev.nucleusdb.bench.load.ClosedLoop;
import dev.nucleusdb.bench.load.Entries;
import dev.nucleusdb.bench.load.Group;
import dev.nucleusdb.bench.load.Loaded;
import dev.nucleusdb.bench.load.ProcessCost;
import dev.nucleusdb.bench.nucleus.GroupsNode;
import dev.nucleusdb.bench.nucleus.GroupsNode.Leaders;
import dev.nucleusdb.bench.system.Place;
import dev.nucleusdb.raft.RaftOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Many groups on three nodes in this JVM: what they commit together, what they cost while they
/// sleep, and how soon they serve after a restart.
public final class GroupsTrial {
  private static final int NODES = GroupsNode.NODES;
  private static final int WAKE_BATCH = 500;

  /// How many groups are awake at once while all are founded: each costs heartbeats until it
  /// sleeps.
  private static final int AWAKE_MAX = 5000;

  private static final Duration SLEEP_AFTER = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path parent;
  private final PrintStream out;

  /// @param parent a folder on the disk to be used
  public GroupsTrial(Path parent, PrintStream out) {
    this.parent = parent;
    this.out = out;
  }

  /// Loads so many groups with so many entries under way in all.
  ///
  /// @param spread whether the nodes take turns in leading them; otherwise the first leads all
  public void load(int groupCount, int outstanding, Duration counted, boolean spread)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(parent, "groups");
    Leaders leaders = spread ? Leaders.SPREAD : Leaders.FIRST;
    List<GroupsNode> nodes = start(folder, groupCount, null, leaders, Trials.freePorts());
    try (Group group = new Group(List.of(new AllGroups(nodes)))) {
      await(
          () -> nodes.stream().allMatch(GroupsNode::leads),
          () -> nodes.forEach(GroupsNode::yieldAll));
      group.awaitLeader(PATIENCE.toNanos());
      Entries entries = Entries.recycled(TrialOptions.ENTRY_BYTES);
      long[] syncs = new long[2];
      long warmUp = 2 * counted.toMillis();
      Thread sampler =
          Thread.ofPlatform().start(() -> sample(nodes, syncs, warmUp, counted.toMillis()));
      Loaded loaded = new ClosedLoop(group, entries, outstanding).run(warmUp, counted.toMillis());
      sampler.join();
      out.printf(
          "%,8d %,12d %,12.0f %10.2f %10.2f %12.0f %14.2f %13.0f%n",
          groupCount,
          outstanding,
          loaded.rate(),
          loaded.millis(50),
          loaded.millis(99),
          (syncs[1] - syncs[0]) * 1e3 / counted.toMillis() / NODES,
          loaded.cpuMicros(),
          loaded.allocatedBytes());
    } finally {
      delete(folder);
    }
  }

  private static void sample(List<GroupsNode> nodes, long[] syncs, long warmUp, long counted) {
    try {
      Thread.sleep(warmUp);
      syncs[0] = nodes.stream().mapToLong(GroupsNode::syncCount).sum();
      Thread.sleep(counted);
      syncs[1] = nodes.stream().mapToLong(GroupsNode::syncCount).sum();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What so many groups cost that have been led, have released their logs, and sleep.
  public void idle(int groupCount, Duration counted) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(parent, "groups");
    List<GroupsNode> nodes = new ArrayList<>();
    try {
      long before = heapBytes();
      nodes.addAll(start(folder, groupCount, SLEEP_AFTER, Leaders.FIRST, Trials.freePorts()));
      wakeAll(nodes, groupCount);
      nodes.forEach(GroupsNode::releaseAll);
      Thread.sleep(1000);
      long heap = heapBytes() - before;
      long messages = nodes.stream().mapToLong(GroupsNode::messageCount).sum();
      ProcessCost begin = ProcessCost.now();
      Thread.sleep(counted.toMillis());
      ProcessCost cost = ProcessCost.now().since(begin);
      long sent = nodes.stream().mapToLong(GroupsNode::messageCount).sum() - messages;
      out.printf(
          "%,8d %,14d %14.1f %16.1f %20.3f%n",
          groupCount,
          heap / groupCount / NODES,
          sent * 1e9 / cost.nanos(),
          cost.cpuNanos() / 1e3 / (cost.nanos() / 1e9),
          cost.cpuNanos() / 1e3 / (cost.nanos() / 1e9) / groupCount / NODES);
    } finally {
      nodes.forEach(GroupsNode::close);
      delete(folder);
    }
  }

  /// How soon so many groups serve after all nodes were stopped.
  public void restart(int groupCount) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(parent, "groups");
    List<Integer> ports = Trials.freePorts();
    List<GroupsNode> nodes = new ArrayList<>();
    try {
      nodes.addAll(start(folder, groupCount, SLEEP_AFTER, Leaders.FIRST, ports));
      wakeAll(nodes, groupCount);
      nodes.forEach(GroupsNode::close);
      nodes.clear();
      long begin = System.nanoTime();
      nodes.addAll(start(folder, groupCount, SLEEP_AFTER, Leaders.FIRST, ports));
      double open = (System.nanoTime() - begin) / 1e9;
      CountDownLatch left = new CountDownLatch(groupCount);
      for (int group = 0; group < groupCount; group++) {
        propose(nodes, group, 0, left);
        if (group % WAKE_BATCH == WAKE_BATCH - 1) {
          Thread.sleep(20);
        }
      }
      boolean all = left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      double served = (System.nanoTime() - begin) / 1e9;
      long messages = nodes.stream().mapToLong(GroupsNode::messageCount).sum();
      await(() -> nodes.stream().allMatch(node -> node.asleepCount() == groupCount), () -> {});
      long untilAsleep = nodes.stream().mapToLong(GroupsNode::messageCount).sum();
      out.printf(
          "%,8d %14.2f %26.2f %,12d %,20d%s%n",
          groupCount, open, served, messages, untilAsleep, all ? "" : " not all");
    } finally {
      nodes.forEach(GroupsNode::close);
      delete(folder);
    }
  }

  private static void propose(List<GroupsNode> nodes, int group, int attempt, CountDownLatch left) {
    nodes
        .get(attempt % NODES)
        .propose(
            group,
            new byte[TrialOptions.ENTRY_BYTES],
            committed -> {
              if (committed) {
                left.countDown();
              } else {
                CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS)
                    .execute(() -> propose(nodes, group, attempt + 1, left));
              }
            });
  }

  private static void wakeAll(List<GroupsNode> nodes, int groupCount) throws InterruptedException {
    for (int from = 0; from < groupCount; from += WAKE_BATCH) {
      nodes.getFirst().wake(from, Math.min(groupCount, from + WAKE_BATCH));
      do {
        Thread.sleep(50);
      } while (awakeMax(nodes, groupCount) > AWAKE_MAX - WAKE_BATCH);
    }
    await(
        () ->
            nodes.stream().allMatch(node -> node.asleepCount() == groupCount)
                && nodes.stream().mapToInt(GroupsNode::ledCount).sum() == groupCount,
        () -> {});
  }

  private static int awakeMax(List<GroupsNode> nodes, int groupCount) {
    return nodes.stream().mapToInt(node -> groupCount - node.asleepCount()).max().orElse(0);
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition, Runnable push) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the groups did not get ready in " + PATIENCE);
      }
      Thread.sleep(500);
      push.run();
    }
  }

  /// @param ports those of an earlier start in this folder, or free ones: logs name them
  private static List<GroupsNode> start(
      Path folder,
      int groupCount,
      @Nullable Duration sleepAfter,
      Leaders leaders,
      List<Integer> ports) {
    List<GroupsNode> nodes = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      Place place =
          new Place(
              i, ports, folder.resolve("n" + (i + 1)), RaftOptions.DEFAULT.electionTimeoutMin());
      nodes.add(GroupsNode.start(place, groupCount, sleepAfter, leaders));
    }
    return nodes;
  }

  private static long heapBytes() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(100);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
