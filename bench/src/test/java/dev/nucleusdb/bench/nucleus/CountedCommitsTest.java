package dev.nucleusdb.bench.nucleus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.bench.load.ClosedLoop;
import dev.nucleusdb.bench.load.Entries;
import dev.nucleusdb.bench.load.Group;
import dev.nucleusdb.bench.load.Loaded;
import dev.nucleusdb.bench.system.Place;
import dev.nucleusdb.bench.system.RaftNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the bench counts as a commit is one.
class CountedCommitsTest {
  private static final long LEADER_NANOS = 30_000_000_000L;

  @TempDir Path folder = Path.of("");

  @Test
  void every_counted_commit_is_durable_on_a_majority() throws Exception {
    Watch watch = run(false);
    assertThat(watch.committed.get()).isPositive();
    assertThat(watch.early.get()).isZero();
  }

  @Test
  void commits_that_are_not_durable_would_be_noticed() throws Exception {
    Watch watch = run(true);
    assertThat(watch.early.get()).isPositive().isEqualTo(watch.committed.get());
  }

  private Watch run(boolean lying) throws IOException, InterruptedException {
    List<WatchedDisk> disks = new ArrayList<>();
    List<RaftNode> nodes = new ArrayList<>();
    List<Integer> ports = freePorts();
    for (int i = 0; i < 3; i++) {
      Place place = new Place(i, ports, folder.resolve(lying + "-" + i), Duration.ofSeconds(1));
      nodes.add(
          NucleusNode.start(
              place,
              disk -> {
                WatchedDisk watched = new WatchedDisk(disk, lying);
                disks.add(watched);
                return watched;
              }));
    }
    Watch watch = new Watch(disks);
    try (Group group = new Group(nodes)) {
      group.awaitLeader(LEADER_NANOS);
      Loaded loaded = new ClosedLoop(group, watch, 16).run(100, 400);
      assertThat(loaded.commits()).isPositive().isLessThanOrEqualTo(watch.committed.get());
      assertThat(loaded.rate()).isPositive();
    }
    return watch;
  }

  private static List<Integer> freePorts() throws IOException {
    try (ServerSocket a = new ServerSocket(0);
        ServerSocket b = new ServerSocket(0);
        ServerSocket c = new ServerSocket(0)) {
      return List.of(a.getLocalPort(), b.getLocalPort(), c.getLocalPort());
    }
  }

  private static final class Watch implements Entries {
    private final List<WatchedDisk> disks;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong early = new AtomicLong();

    Watch(List<WatchedDisk> disks) {
      this.disks = disks;
    }

    @Override
    public byte[] next() {
      ByteBuffer entry = ByteBuffer.allocate(128);
      return entry.putLong(WatchedDisk.MARK).putLong(numbers.incrementAndGet()).array();
    }

    @Override
    public void committed(byte[] entry) {
      long number = ByteBuffer.wrap(entry).getLong(Long.BYTES);
      committed.incrementAndGet();
      if (disks.stream().filter(disk -> disk.holds(number)).count() < 2) {
        early.incrementAndGet();
      }
    }
  }
}
