package dev.nucleusdb.raft.group;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.raft.log.WriteAheadLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Group commit over all groups, without a timer: while one sync is under way, whatever is written,
/// by whichever group, gathers for the next.
final class GroupCommit {
  private final WriteAheadLog wal;
  private final GroupRule rule;
  private final Turns turns;
  private final Trace trace;
  private final Consumer<DiskException> onFailed;

  /// Who has written since the last sync began, in that order.
  private List<Seat> waiting = new ArrayList<>();

  private boolean syncing;
  private boolean closed;

  GroupCommit(
      WriteAheadLog wal,
      GroupRule rule,
      Turns turns,
      Trace trace,
      Consumer<DiskException> onFailed) {
    this.wal = wal;
    this.rule = rule;
    this.turns = turns;
    this.trace = trace;
    this.onFailed = onFailed;
  }

  void written(Seat seat, long writeId) {
    seat.writtenId = writeId;
    if (!seat.awaitsSync) {
      seat.awaitsSync = true;
      waiting.add(seat);
    }
    if (turns.areGathered()) {
      turns.endSoon();
    } else {
      begin();
    }
  }

  /// Begins a sync, if somebody waits for one and none is under way. All that was gathered is
  /// written.
  void begin() {
    if (syncing || closed || waiting.isEmpty()) {
      return;
    }
    syncing = true;
    List<Seat> covered = waiting;
    waiting = new ArrayList<>();
    for (Seat seat : covered) {
      seat.awaitsSync = false;
      seat.coveredId = seat.writtenId;
    }
    sometimes("one sync serves several groups", covered.size() > 1);
    wal.sync(failure -> completed(covered, failure));
  }

  private void completed(List<Seat> covered, @Nullable DiskException failure) {
    syncing = false;
    if (closed) {
      return;
    }
    if (failure != null) {
      onFailed.accept(failure);
      return;
    }
    trace.point("raft.synced");
    for (int place = 0; place < covered.size(); place++) {
      Seat seat = covered.get(place);
      if (!seat.left && rule.isToldOfSync(place)) {
        seat.member.persisted(rule.coversLaterWrites() ? seat.writtenId : seat.coveredId);
      }
    }
    if (!turns.areGathered()) {
      begin();
    } else if (!waiting.isEmpty()) {
      turns.endSoon();
    }
  }

  void close() {
    closed = true;
  }
}
