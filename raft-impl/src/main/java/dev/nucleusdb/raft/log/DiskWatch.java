package dev.nucleusdb.raft.log;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Since when the oldest write waits for its sync. A disk may stand still without ever failing: a
/// leader on such a disk looks alive to everybody and serves nobody.
public final class DiskWatch {
  private record Write(long id, long issuedNanos) {}

  /// In the order of their ids; null while nothing was written since [#rest].
  private @Nullable ArrayDeque<Write> pending;

  /// A write begins.
  public void issued(long writeId, long nowNanos) {
    ArrayDeque<Write> all = pending == null ? new ArrayDeque<>(1) : pending;
    pending = all;
    all.add(new Write(writeId, nowNanos));
  }

  /// All writes up to `writeId` are durable.
  public void persisted(long writeId) {
    while (pending != null && !pending.isEmpty() && pending.getFirst().id() <= writeId) {
      pending.removeFirst();
    }
  }

  /// When the oldest write will have waited for `maxNanos`; far away if none waits.
  public long deadlineNanos(long maxNanos) {
    Write oldest = oldest();
    return oldest == null ? Long.MAX_VALUE : oldest.issuedNanos() + maxNanos;
  }

  /// How long the oldest write has been waiting; 0 if none is.
  public long waitedNanos(long nowNanos) {
    Write oldest = oldest();
    return oldest == null ? 0 : nowNanos - oldest.issuedNanos();
  }

  /// Nothing is written for long: keeps no room for it.
  public void rest() {
    pending = oldest() == null ? null : pending;
  }

  private @Nullable Write oldest() {
    return pending == null ? null : pending.peekFirst();
  }
}
