package dev.nucleusdb.raft.log;

import java.util.ArrayDeque;

/// Since when the oldest write waits for its sync. A disk may stand still without ever failing: a
/// leader on such a disk looks alive to everybody and serves nobody.
public final class DiskWatch {
  private record Write(long id, long issuedNanos) {}

  private final ArrayDeque<Write> pending = new ArrayDeque<>(1);

  /// A write begins.
  public void issued(long writeId, long nowNanos) {
    pending.add(new Write(writeId, nowNanos));
  }

  /// All writes up to `writeId` are durable.
  public void persisted(long writeId) {
    while (!pending.isEmpty() && pending.getFirst().id() <= writeId) {
      pending.removeFirst();
    }
  }

  /// When the oldest write will have waited for `maxNanos`; far away if none waits.
  public long deadlineNanos(long maxNanos) {
    return pending.isEmpty() ? Long.MAX_VALUE : pending.getFirst().issuedNanos() + maxNanos;
  }

  /// How long the oldest write has been waiting; 0 if none is.
  public long waitedNanos(long nowNanos) {
    return pending.isEmpty() ? 0 : nowNanos - pending.getFirst().issuedNanos();
  }
}
