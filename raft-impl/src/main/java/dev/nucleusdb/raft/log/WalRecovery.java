package dev.nucleusdb.raft.log;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.raft.membership.ClusterId;
import dev.nucleusdb.raft.membership.Stores;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Reads the segments of a write-ahead log after a restart, and cuts off what a crash has torn.
///
/// Only the last segment can be torn: a segment is synced before the next one takes its first
/// frame. There, the first bad frame is a torn tail unless a later frame testifies, by its
/// watermark, that this place was durable once: then it is damage, and damage is never cut away.
final class WalRecovery {
  private final Disk disk;
  private final String directory;
  private final LogRule rule;
  private final Trace trace;
  private final IntFunction<Trace> traces;
  private final Map<Integer, RecoveredLog> groups = new TreeMap<>();
  private final TreeMap<Long, LastIndexes> lastIndexBySegment = new TreeMap<>();
  private long storeId = Stores.UNKNOWN;
  private long clusterId = ClusterId.FOUNDED;
  private final TreeMap<Long, Long> bytesBySealed = new TreeMap<>();

  WalRecovery(Disk disk, String directory, LogRule rule, Trace trace, IntFunction<Trace> traces) {
    this.disk = disk;
    this.directory = directory;
    this.rule = rule;
    this.trace = trace;
    this.traces = traces;
  }

  /// The name of the disk; [Stores#UNKNOWN] if it has none yet.
  long storeId() {
    return storeId;
  }

  /// The cluster of the node.
  long clusterId() {
    return clusterId;
  }

  /// What each group's log was.
  Map<Integer, RecoveredLog> groups() {
    return groups;
  }

  /// The largest index of each group in each segment, for deciding when a segment may go.
  NavigableMap<Long, LastIndexes> lastIndexBySegment() {
    return lastIndexBySegment;
  }

  /// The sizes of all segments but the last.
  NavigableMap<Long, Long> bytesBySealed() {
    return bytesBySealed;
  }

  /// Reads everything.
  ///
  /// @return the last segment, ready for appends, or null if there is none
  /// @throws CorruptionException if something that was durable is damaged or missing
  @Nullable DiskFile run() {
    List<String> names =
        disk.list(directory).stream().filter(name -> name.matches("wal-\\d{10}\\.log")).toList();
    DiskFile last = null;
    long previous = -1;
    for (int i = 0; i < names.size(); i++) {
      String path = directory + "/" + names.get(i);
      long segment = Long.parseLong(names.get(i).substring(4, 14));
      if (previous >= 0 && segment != previous + 1) {
        throw new CorruptionException(path, 0, "the segment before it is missing");
      }
      previous = segment;
      last = readSegment(path, segment, i == names.size() - 1);
    }
    for (Map.Entry<Integer, RecoveredLog> group : groups.entrySet()) {
      if (group.getValue().isHeadless()) {
        throw new CorruptionException(
            directory + "/" + names.getFirst(),
            0,
            "the beginning of the log of group " + group.getKey() + " is missing");
      }
    }
    return last;
  }

  private @Nullable DiskFile readSegment(String path, long segment, boolean isLast) {
    DiskFile file = disk.open(path, isLast ? Disk.OpenMode.APPEND : Disk.OpenMode.READ);
    ByteBuffer bytes = readWhole(file);
    lastIndexBySegment.put(segment, new LastIndexes());
    int end = WalFormat.isHeader(bytes, segment) ? replay(path, bytes, segment) : 0;
    if (end < bytes.limit() || end == 0) {
      refuseDamage(path, bytes, segment, end, isLast);
      sometimes("the write-ahead log cuts a torn tail", true);
      trace.event(LogTrace.TORN, segment, end, 0);
      file.truncate(end);
      trace.point("wal.torn-tail-cut");
    }
    if (!isLast) {
      bytesBySealed.put(segment, (long) end);
      file.close();
      return null;
    }
    file.syncNow();
    return file;
  }

  private static ByteBuffer readWhole(DiskFile file) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(file.sizeBytes())).order(ByteOrder.LITTLE_ENDIAN);
    file.read(0, bytes);
    return bytes.flip();
  }

  /// Replays good frames and returns the offset of the first that is not.
  private int replay(String path, ByteBuffer bytes, long segment) {
    int offset = WalFormat.SEGMENT_HEADER_BYTES;
    while (isGood(bytes, offset, segment)) {
      WalFormat.Frame frame = WalFormat.read(bytes, offset);
      if (frame == null) {
        throw new CorruptionException(path, offset, "a whole frame of an unknown kind");
      }
      if (frame instanceof WalFormat.Frame.Store store) {
        storeId = store.storeId();
        offset += WalFormat.frameLength(bytes, offset);
        continue;
      }
      if (frame instanceof WalFormat.Frame.Cluster cluster) {
        clusterId = cluster.clusterId();
        offset += WalFormat.frameLength(bytes, offset);
        continue;
      }
      RecoveredLog log = groups.computeIfAbsent(frame.group(), group -> new RecoveredLog());
      long index = WalFormat.indexOfEntry(frame);
      if (index > 0) {
        if (!log.hasPlaceFor(index)) {
          throw new CorruptionException(
              path, offset, "entry " + index + " does not follow what is before it");
        }
        lastIndexBySegment.lastEntry().getValue().raise(frame.group(), index);
      }
      log.replay(frame, rule);
      offset += WalFormat.frameLength(bytes, offset);
      tell(frame, LogTrace.place(segment, offset));
    }
    return offset;
  }

  private void tell(WalFormat.Frame frame, long place) {
    if (frame instanceof WalFormat.Frame.Appended(int group, long index, Entry entry)) {
      traces.apply(group).event(LogTrace.FRAME, index, entry.term(), place);
    } else if (frame instanceof WalFormat.Frame.Moved(int group, long index, Entry entry)) {
      traces.apply(group).event(LogTrace.MOVED, index, entry.term(), place);
    }
  }

  private boolean isGood(ByteBuffer bytes, int offset, long segment) {
    return WalFormat.frameLength(bytes, offset) > 0
        && rule.isIntact(
            WalFormat.storedChecksum(bytes, offset),
            WalFormat.computedChecksum(bytes, offset, segment));
  }

  private void refuseDamage(
      String path, ByteBuffer bytes, long segment, int badOffset, boolean isLast) {
    if (!isLast) {
      throw new CorruptionException(path, badOffset, "a bad frame in a sealed segment");
    }
    for (int offset = badOffset + 1; offset < bytes.limit(); offset++) {
      if (isGood(bytes, offset, segment) && WalFormat.watermark(bytes, offset) > badOffset) {
        throw new CorruptionException(
            path, badOffset, "a bad frame that was durable, as a later frame says");
      }
    }
  }
}
