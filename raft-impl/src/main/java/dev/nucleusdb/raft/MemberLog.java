package dev.nucleusdb.raft;

import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.trace.Digest;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.HardState;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.log.WriteAheadLog;
import dev.nucleusdb.raft.snapshot.SnapshotMark;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// One group's part of the write-ahead log. Group commit without a timer: while one sync is under
/// way, writes gather for the next.
final class MemberLog {
  private final WriteAheadLog wal;
  private final int group;
  private final Trace trace;
  private final LongConsumer onPersisted;
  private final Consumer<DiskException> onFailed;
  private boolean syncing;
  private boolean closed;
  private long writtenId;

  /// @param onPersisted is told the last write that is durable
  /// @param onFailed is told when a sync has failed
  MemberLog(
      WriteAheadLog wal,
      int group,
      Trace trace,
      LongConsumer onPersisted,
      Consumer<DiskException> onFailed) {
    this.wal = wal;
    this.group = group;
    this.trace = trace;
    this.onPersisted = onPersisted;
    this.onFailed = onFailed;
  }

  /// Writes, and sees to it that the write becomes durable.
  ///
  /// @param log the log in memory
  void persist(RaftEffect.Persist persist, RaftLog log) {
    if (trace.isRead()) {
      traceWrite(persist, log);
    }
    wal.append(group, persist.hardState(), persist.firstIndex(), persist.entries());
    writtenId = persist.writeId();
    if (persist.hardState() != null) {
      trace.point("raft.hard-state-written");
    }
    if (!persist.entries().isEmpty()) {
      trace.point("raft.entries-written");
    }
    if (!syncing) {
      sync();
    }
  }

  private void sync() {
    syncing = true;
    long covered = writtenId;
    wal.sync(failure -> {
      syncing = false;
      if (closed) {
        return;
      }
      if (failure != null) {
        onFailed.accept(failure);
        return;
      }
      trace.point("raft.synced");
      onPersisted.accept(covered);
      if (!syncing && !closed && writtenId > covered) {
        sync();
      }
    });
  }

  private void traceWrite(RaftEffect.Persist persist, RaftLog log) {
    HardState state = persist.hardState();
    if (state != null) {
      int vote = state.vote() == null ? NodeId.NONE : state.vote().value();
      trace.event(RaftTrace.HARD_STATE, state.term(), vote, 0);
    }
    long index = persist.firstIndex();
    boolean replaced = index - 1 < log.baseIndex();
    if (replaced || persist.entries().isEmpty()) {
      return;
    }
    long previousTerm = log.termAt(index - 1);
    for (Entry entry : persist.entries()) {
      long hash = Digest.hash(entry.command()) + 31 * previousTerm;
      trace.event(RaftTrace.APPEND, index, entry.term(), hash);
      previousTerm = entry.term();
      index++;
    }
  }

  /// Does nothing if the log was released further since the effect was made, by a state machine
  /// that released more than once while it was applying: the effect that says so is still to come.
  void release(long index, RaftLog log) {
    if (index >= log.baseIndex()) {
      trace.event(RaftTrace.RELEASE, index, 0, 0);
      wal.release(group, index, log.termAt(index), log.baseMembership());
    }
  }

  /// A snapshot stands for the log up to its mark.
  void restartAfter(SnapshotMark mark, boolean suffixKept) {
    trace.event(RaftTrace.RESTARTED, mark.index(), mark.term(), suffixKept ? 1 : 0);
    if (suffixKept) {
      wal.release(group, mark.index(), mark.term(), mark.membership());
    } else {
      wal.restart(group, mark.index(), mark.term(), mark.membership());
    }
  }

  /// The name of the disk.
  long storeId() {
    return wal.storeId();
  }

  /// Lets the files go, without a sync.
  void close() {
    closed = true;
    wal.close();
  }
}
