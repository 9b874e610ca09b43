package dev.nucleusdb.raft.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.SimulatedNode;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.disk.DiskProfile;
import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.time.SimulatedCrash;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One machine with a simulated disk, and a write-ahead log on it.
final class WalBench {
  static final String FOLDER = "raft";

  private final World world;
  private @Nullable NodeContext context;

  /// @param plan faults that are to strike, `point/n1/wal.base-durable/1 down=1s disk=drop`
  WalBench(String... plan) {
    this(DiskProfile.DEFAULT, plan);
  }

  WalBench(DiskProfile profile, String... plan) {
    this(1, profile, plan);
  }

  /// @param seed for the places at which the plan's faults strike
  WalBench(long seed, DiskProfile profile, String... plan) {
    world =
        new World(
            WorldOptions.calm(seed)
                .with(profile)
                .with(new FaultSource.Follow(Plan.parse(String.join("\n", plan)))));
    world.addNode(
        new NodeId(1),
        new Address("n1"),
        made -> {
          context = made;
          return new Idle();
        });
    world.run(0);
  }

  /// A machine that has exactly these files in the log's folder, durably.
  static WalBench of(Map<String, byte[]> files, String... plan) {
    WalBench bench = new WalBench(plan);
    Disk disk = bench.disk();
    disk.createDirectory(FOLDER);
    disk.syncDirectory("");
    files.forEach((path, bytes) -> {
      DiskFile file = disk.open(path, Disk.OpenMode.CREATE);
      file.append(ByteBuffer.wrap(bytes));
      file.syncNow();
      file.close();
    });
    disk.syncDirectory(FOLDER);
    return bench;
  }

  Disk disk() {
    return context().disk();
  }

  NodeContext context() {
    return Objects.requireNonNull(context);
  }

  SimulatedNode machine() {
    return world.node(new NodeId(1));
  }

  WriteAheadLog open(long segmentSizeBytes) {
    return WriteAheadLog.open(
        disk(), FOLDER, segmentSizeBytes, LogRule.RAFT, context().trace(), context().random());
  }

  /// Everything appended so far is durable when this returns.
  void sync(WriteAheadLog log) {
    List<@Nullable DiskException> told = new ArrayList<>();
    log.sync(told::add);
    elapse();
    assertThat(told).hasSize(1).containsOnlyNulls();
  }

  /// Longer than any sync takes.
  void elapse() {
    world.run(world.nowNanos() + Duration.ofSeconds(1).toNanos());
  }

  void crash(CrashMode mode, long seed) {
    machine().crash("test", mode, new SplitMix(seed));
    machine().start();
  }

  /// The machine comes back with an empty disk.
  void wipe() {
    machine().crash("test", CrashMode.DROP, new SplitMix(1));
    machine().disk().wipe();
    machine().start();
  }

  /// Runs code that the plan may crash, and starts the machine again if it has.
  ///
  /// @return whether it crashed
  boolean crashes(Runnable code) {
    try {
      code.run();
      return false;
    } catch (SimulatedCrash crash) {
      machine().start();
      return true;
    }
  }

  /// All files in the log's folder.
  Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    for (String path : machine().disk().paths()) {
      files.put(path, machine().disk().content(path));
    }
    return files;
  }

  static List<Entry> entries(long term, String... commands) {
    List<Entry> entries = new ArrayList<>();
    for (String command : commands) {
      entries.add(new Entry(term, command.getBytes(UTF_8)));
    }
    return entries;
  }

  /// A log in words: `after 0@0: 1@1=a 2@1=b`.
  static String words(RaftLog log) {
    StringBuilder words = new StringBuilder("after ").append(log.baseIndex()).append('@');
    words.append(log.termAt(log.baseIndex())).append(':');
    for (long i = log.baseIndex() + 1; i <= log.lastIndex(); i++) {
      Entry entry = log.entryAt(i);
      words.append(' ').append(i).append('@').append(entry.term()).append('=');
      words.append(new String(entry.command(), UTF_8));
    }
    return words.toString();
  }

  static String words(WriteAheadLog log) {
    return words(log.recovered(1).toLog());
  }

  private static final class Idle implements Node {
    @Override
    public void start() {}

    @Override
    public void stop() {}
  }
}
