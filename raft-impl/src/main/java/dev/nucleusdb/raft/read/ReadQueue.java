package dev.nucleusdb.raft.read;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads that wait for their round, in the order of arrival.
public final class ReadQueue {
  /// A waiting read.
  ///
  /// @param reader who asked
  /// @param round the round that must be answered
  /// @param index how far the state machine must be before it is read
  public record Waiting(Reader reader, long round, long index) {}

  /// Null while nobody has waited since [#rest].
  private @Nullable ArrayDeque<Waiting> waiting;

  /// How many wait.
  public int count() {
    return waiting == null ? 0 : waiting.size();
  }

  /// Adds a read.
  public void add(Waiting read) {
    ArrayDeque<Waiting> all = waiting == null ? new ArrayDeque<>(1) : waiting;
    waiting = all;
    all.add(read);
  }

  /// The largest round that anybody waits for; 0 if nobody does.
  public long lastRound() {
    return waiting == null || waiting.isEmpty() ? 0 : waiting.getLast().round();
  }

  /// Hands out all reads that the rule considers confirmed.
  public void release(ReadRule rule, long confirmedRound, Consumer<Waiting> ready) {
    while (waiting != null
        && !waiting.isEmpty()
        && rule.isConfirmed(waiting.getFirst().round(), confirmedRound)) {
      ready.accept(waiting.removeFirst());
    }
  }

  /// Hands out all reads, because leadership is over.
  public void fail(Consumer<Waiting> failed) {
    if (waiting != null) {
      waiting.forEach(failed);
      waiting.clear();
    }
  }

  /// Nobody reads for long: keeps no room for it.
  public void rest() {
    waiting = count() == 0 ? null : waiting;
  }
}
