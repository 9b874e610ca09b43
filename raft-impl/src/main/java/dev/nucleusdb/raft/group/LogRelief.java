package dev.nucleusdb.raft.group;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.raft.log.GroupMap;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.log.WriteAheadLog;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps the files of the write-ahead log from growing for the sake of a few old entries: if they
/// take far more than the groups hold, what keeps the oldest file is moved on.
final class LogRelief {
  private final NodeContext context;
  private final GroupMap<Seat> seats;
  private final BooleanSupplier over;
  private final Consumer<RuntimeException> onFailure;
  private int sealedSeen;

  /// @param seats the groups of the node
  /// @param over whether the log is closed
  /// @param onFailure what happens if the disk fails
  LogRelief(
      NodeContext context,
      GroupMap<Seat> seats,
      BooleanSupplier over,
      Consumer<RuntimeException> onFailure) {
    this.context = context;
    this.seats = seats;
    this.over = over;
    this.onFailure = onFailure;
  }

  /// A segment was sealed perhaps: what is to be done comes in a turn of its own, when no group is
  /// in the middle of something.
  void soon(WriteAheadLog log) {
    int sealed = log.sealedCount();
    boolean news = sealed > sealedSeen;
    sealedSeen = sealed;
    if (news && isTooLong(log)) {
      context.timers().at(context.clock().monotonicNanos(), () -> relieve(log));
    }
  }

  private void relieve(WriteAheadLog log) {
    try {
      while (!over.getAsBoolean() && isTooLong(log) && movePinning(log)) {
        sometimes("the write-ahead log moves entries of a group that holds it up", true);
      }
    } catch (DiskException e) {
      onFailure.accept(e);
    }
    sealedSeen = log.sealedCount();
  }

  private boolean isTooLong(WriteAheadLog log) {
    long free = HostOptions.SEGMENTS_FREE * log.segmentSizeBytes();
    long bytes = log.fileBytes();
    if (bytes <= free) {
      return false;
    }
    long held = 0;
    for (Seat seat : seats.values()) {
      held += seat.member.heldBytes();
    }
    return bytes > free + HostOptions.SLACK_FACTOR * held;
  }

  /// @return whether anything was moved
  private boolean movePinning(WriteAheadLog log) {
    Map<Integer, RaftLog> logs = new TreeMap<>();
    for (int group : log.pinning()) {
      Seat seat = seats.get(group);
      RaftLog own = seat == null ? withoutMember(log, group) : seat.member.writtenLog();
      if (own == null || !own.isSound()) {
        return false;
      }
      logs.put(group, own);
    }
    if (logs.isEmpty()) {
      return false;
    }
    log.move(logs);
    return true;
  }

  private static @Nullable RaftLog withoutMember(WriteAheadLog log, int group) {
    return log.isUntaken(group) ? log.recovered(group).toLog() : null;
  }
}
