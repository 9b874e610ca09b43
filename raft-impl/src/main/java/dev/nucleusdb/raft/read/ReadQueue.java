package dev.nucleusdb.raft.read;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/// Reads that wait for their round, in the order of arrival.
public final class ReadQueue {
  /// A waiting read.
  ///
  /// @param reader who asked
  /// @param round the round that must be answered
  /// @param index how far the state machine must be before it is read
  public record Waiting(Reader reader, long round, long index) {}

  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(1);

  /// How many wait.
  public int count() {
    return waiting.size();
  }

  /// Adds a read.
  public void add(Waiting read) {
    waiting.add(read);
  }

  /// The largest round that anybody waits for; 0 if nobody does.
  public long lastRound() {
    return waiting.isEmpty() ? 0 : waiting.getLast().round();
  }

  /// Hands out all reads that the rule considers confirmed.
  public void release(ReadRule rule, long confirmedRound, Consumer<Waiting> ready) {
    while (!waiting.isEmpty() && rule.isConfirmed(waiting.getFirst().round(), confirmedRound)) {
      ready.accept(waiting.removeFirst());
    }
  }

  /// Hands out all reads, because leadership is over.
  public void fail(Consumer<Waiting> failed) {
    waiting.forEach(failed);
    waiting.clear();
  }
}
