package dev.nucleusdb.raft.read;

import java.util.ArrayList;
import java.util.List;

/// Reads that a follower asks its leader about, one request at a time: reads that come while one is
/// under way share the next.
///
/// Numbers of requests begin at a random place, so that none is the same twice, restarts included:
/// an answer to a request of an earlier life would let a read miss what was acknowledged since
/// (etcd-io/raft 63903dd).
public final class ForwardedReads {
  private long number;
  private List<Long> asked = List.of();
  private List<Long> waiting = List.of();
  private long askedNanos;

  /// @param firstNumber random
  public ForwardedReads(long firstNumber) {
    this.number = firstNumber;
  }

  /// How many reads wait.
  public int count() {
    return asked.size() + waiting.size();
  }

  /// A read waits for the next request.
  public void add(long ticket) {
    waiting = waiting.isEmpty() ? new ArrayList<>(1) : waiting;
    waiting.add(ticket);
  }

  /// Whether a request is to be sent now.
  public boolean mayAsk() {
    return asked.isEmpty() && !waiting.isEmpty();
  }

  /// A request is sent, for all that wait.
  ///
  /// @return its number
  public long ask(long nowNanos) {
    asked = waiting;
    waiting = List.of();
    askedNanos = nowNanos;
    return ++number;
  }

  /// Whether a request is under way, since when.
  public long deadlineNanos(long patienceNanos) {
    return asked.isEmpty() ? Long.MAX_VALUE : askedNanos + patienceNanos;
  }

  /// An answer came.
  ///
  /// @return the reads that it is for; none if it is old
  public List<Long> answered(long ofNumber) {
    if (ofNumber != number) {
      return List.of();
    }
    List<Long> done = asked;
    asked = List.of();
    return done;
  }

  /// No answer will come.
  ///
  /// @return all reads
  public List<Long> giveUp() {
    if (asked.isEmpty() && waiting.isEmpty()) {
      return List.of();
    }
    List<Long> all = new ArrayList<>(asked);
    all.addAll(waiting);
    asked = List.of();
    waiting = List.of();
    return all;
  }
}
