package dev.nucleusdb.bench.load;

import dev.nucleusdb.bench.system.RaftNode;
import dev.nucleusdb.bench.system.Verdict;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The nodes, and a client beside them that finds the leader.
public final class Group implements AutoCloseable {
  private static final long RETRY_MILLIS = 1;

  private final List<RaftNode> nodes;
  private final ScheduledExecutorService retries =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("retries").unstarted(task));
  private volatile RaftNode leader;

  /// A group that has been started.
  public Group(List<RaftNode> nodes) {
    this.nodes = nodes;
    this.leader = nodes.getFirst();
  }

  /// Waits for a leader.
  ///
  /// @throws IllegalStateException if there is none in time
  public void awaitLeader(long timeoutNanos) throws InterruptedException {
    long deadline = System.nanoTime() + timeoutNanos;
    while (!findLeader()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("no leader after " + timeoutNanos / 1_000_000_000 + " s");
      }
      Thread.sleep(10);
    }
  }

  /// Looks which node leads, and remembers it.
  ///
  /// @return whether one does
  boolean findLeader() {
    for (RaftNode node : nodes) {
      if (node.leads()) {
        leader = node;
        return true;
      }
    }
    return false;
  }

  int leaderIndex() {
    return nodes.indexOf(leader);
  }

  RaftNode node(int index) {
    return nodes.get(index);
  }

  int size() {
    return nodes.size();
  }

  void propose(byte[] entry, Verdict verdict) {
    leader.propose(entry, verdict);
  }

  /// Runs a retry soon, after another look at who leads.
  void retrySoon(Runnable retry) {
    var _ =
        retries.schedule(
            () -> {
              findLeader();
              retry.run();
            },
            RETRY_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    retries.shutdownNow();
    nodes.forEach(RaftNode::close);
  }
}
