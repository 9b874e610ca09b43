package dev.nucleusdb.bench.load;

import dev.nucleusdb.bench.system.RaftNode;
import dev.nucleusdb.bench.system.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The nodes, and a client beside them that finds the leader.
public final class Group implements AutoCloseable {
  private static final long RETRY_MILLIS = 1;

  private final List<RaftNode> nodes;
  private final ScheduledExecutorService retries =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("retries").unstarted(task));
  private volatile RaftNode leader;

  /// What is to be tried again after the next look at who leads: one look serves all.
  private List<Runnable> waiting = new ArrayList<>();

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

  /// Looks which node leads, at all of them, and remembers it.
  ///
  /// @return whether one does
  boolean findLeader() {
    @Nullable RaftNode found = null;
    for (RaftNode node : nodes) {
      found = node.leads() && found == null ? node : found;
    }
    leader = found == null ? leader : found;
    return found != null;
  }

  /// The latest term that a node is in; -1 if none says.
  ///
  /// @throws IllegalStateException if a node does not answer
  public long term() {
    return nodes.stream().mapToLong(RaftNode::term).max().orElse(-1);
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
  synchronized void retrySoon(Runnable retry) {
    waiting.add(retry);
    if (waiting.size() == 1) {
      var _ = retries.schedule(this::retryAll, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void retryAll() {
    findLeader();
    List<Runnable> all;
    synchronized (this) {
      all = waiting;
      waiting = new ArrayList<>();
    }
    all.forEach(Runnable::run);
  }

  @Override
  public void close() {
    retries.shutdownNow();
    nodes.forEach(RaftNode::close);
  }
}
