package dev.nucleusdb.raft.log;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.raft.membership.ClusterId;
import dev.nucleusdb.raft.membership.Stores;
import java.util.ArrayList;
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
/// Neither is believed before the place was read again. What damaged frames were is taken from
/// their [Identifiers], which stand elsewhere.
final class WalRecovery {
  private final Disk disk;
  private final String directory;
  private final LogRule rule;
  private final IdentifierTrail trail;
  private final Trace trace;
  private final IntFunction<Trace> traces;
  private final Map<Integer, RecoveredLog> groups = new TreeMap<>();
  private final TreeMap<Long, LastIndexes> lastIndexBySegment = new TreeMap<>();
  private long storeId = Stores.UNKNOWN;
  private long clusterId = ClusterId.FOUNDED;
  private final TreeMap<Long, Long> bytesBySealed = new TreeMap<>();

  /// The first damage found; null if there is none.
  private @Nullable CorruptionException damage;

  private final List<Identifiers> damaged = new ArrayList<>();

  /// @param trail is shown all frames
  WalRecovery(
      Disk disk,
      String directory,
      LogRule rule,
      IdentifierTrail trail,
      Trace trace,
      IntFunction<Trace> traces) {
    this.disk = disk;
    this.directory = directory;
    this.rule = rule;
    this.trail = trail;
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

  /// The identifiers of chunks that are damaged, if those that tell of them may be cut away, or may
  /// not be durable.
  List<Identifiers> toTellAgain() {
    return damaged.stream()
        .filter(chunk -> chunk.segment() >= lastIndexBySegment.lastKey() - 1)
        .toList();
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
    refuseDoubt(names);
    return last;
  }

  /// What is missing must be known by its place and term, and who takes part, and under which name.
  private void refuseDoubt(List<String> names) {
    for (Map.Entry<Integer, RecoveredLog> group : groups.entrySet()) {
      if (group.getValue().isHeadless()) {
        throw new CorruptionException(
            directory + "/" + names.getFirst(),
            0,
            "the beginning of the log of group " + group.getKey() + " is missing");
      }
    }
    boolean doubt = storeId == Stores.UNKNOWN;
    for (RecoveredLog log : groups.values()) {
      doubt |= log.isInDoubt();
    }
    if (damage != null && doubt) {
      throw damage;
    }
    sometimes("the write-ahead log knows what was damaged in it", damage != null);
  }

  private @Nullable DiskFile readSegment(String path, long segment, boolean isLast) {
    DiskFile file = disk.open(path, isLast ? Disk.OpenMode.APPEND : Disk.OpenMode.READ);
    WalSegment bytes = WalSegment.read(file, path, segment, rule);
    lastIndexBySegment.put(segment, new LastIndexes());
    trail.begin(segment);
    int end = firstFrame(bytes, isLast);
    while (end > 0 && end < bytes.size()) {
      if (bytes.isGoodAfterAll(end)) {
        end = replay(bytes, end);
      } else if (isLast && bytes.isTorn(end)) {
        break;
      } else {
        end = passDamage(bytes, end, isLast);
      }
    }
    if (end < bytes.size() || end == 0) {
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

  /// Where the frames begin; 0 if a crash has torn the header.
  private int firstFrame(WalSegment bytes, boolean isLast) {
    boolean whole = bytes.hasHeaderAfterAll();
    boolean torn = !whole && isLast && bytes.isTorn(0);
    if (!whole && !torn) {
      CorruptionException here = found(bytes, 0, isLast);
      if (bytes.size() < WalFormat.SEGMENT_HEADER_BYTES) {
        throw here;
      }
    }
    return torn ? 0 : WalFormat.SEGMENT_HEADER_BYTES;
  }

  /// Something durable is damaged.
  private CorruptionException found(WalSegment bytes, int offset, boolean isLast) {
    String what =
        isLast
            ? "a bad frame that was durable, as a later frame says"
            : "a bad frame in a sealed segment";
    CorruptionException here = new CorruptionException(bytes.path(), offset, what);
    damage = damage == null ? here : damage;
    return here;
  }

  /// Replays good frames and returns the offset of the first that is not.
  private int replay(WalSegment bytes, int from) {
    int offset = from;
    while (bytes.isGood(offset)) {
      WalFormat.Frame frame = take(bytes, offset);
      trail.follow(frame, bytes.behind(offset) - offset);
      offset = bytes.behind(offset);
    }
    return offset;
  }

  private WalFormat.Frame take(WalSegment bytes, int offset) {
    WalFormat.Frame frame = bytes.frame(offset);
    if (frame == null) {
      throw new CorruptionException(bytes.path(), offset, "a whole frame of an unknown kind");
    }
    if (frame instanceof WalFormat.Frame.Told(Identifiers told)) {
      refuseShorter(told);
    }
    take(frame, false, bytes.path(), offset, LogTrace.place(bytes.number(), bytes.behind(offset)));
    return frame;
  }

  private void refuseShorter(Identifiers told) {
    long sealedBytes = bytesBySealed.getOrDefault(told.segment(), Long.MAX_VALUE);
    if (sealedBytes < told.to()) {
      throw new CorruptionException(
          WriteAheadLog.pathOf(directory, told.segment()),
          sealedBytes,
          "the rest of the segment is missing");
    }
  }

  /// @param lost whether only the frame's identifier is left
  private void take(WalFormat.Frame frame, boolean lost, String path, int offset, long place) {
    switch (frame) {
      case WalFormat.Frame.Store store -> storeId = store.storeId();
      case WalFormat.Frame.Cluster cluster -> clusterId = cluster.clusterId();
      case WalFormat.Frame.Told _ -> {}
      default -> {
        RecoveredLog log = groups.computeIfAbsent(frame.group(), group -> new RecoveredLog());
        long index = WalFormat.indexOfEntry(frame);
        if (index > 0) {
          if (!log.hasPlaceFor(index)) {
            throw new CorruptionException(
                path, offset, "entry " + index + " does not follow what is before it");
          }
          lastIndexBySegment.lastEntry().getValue().raise(frame.group(), index);
        }
        if (lost) {
          log.replayLost(frame, rule);
        } else {
          log.replay(frame, rule);
        }
        tell(frame, place);
      }
    }
  }

  private void tell(WalFormat.Frame frame, long place) {
    if (frame instanceof WalFormat.Frame.Appended(int group, long index, Entry entry)) {
      traces.apply(group).event(LogTrace.FRAME, index, entry.term(), place);
    } else if (frame instanceof WalFormat.Frame.Moved(int group, long index, Entry entry)) {
      traces.apply(group).event(LogTrace.MOVED, index, entry.term(), place);
    }
  }

  /// Takes what damaged frames were from the identifiers of their chunk, and what is good behind
  /// them in it.
  ///
  /// @return the end of the chunk
  /// @throws CorruptionException if it cannot be known what they were
  private int passDamage(WalSegment bytes, int badOffset, boolean isLast) {
    CorruptionException here = found(bytes, badOffset, isLast);
    Map.Entry<Long, Identifiers> chunk = chunksOf(bytes, isLast).floorEntry((long) badOffset);
    if (chunk == null || chunk.getValue().to() <= badOffset) {
      throw here;
    }
    int end = Math.toIntExact(chunk.getValue().to());
    int goodAgain = bytes.goodAgain(badOffset, end);
    int before = bytes.framesBetween(Math.toIntExact(chunk.getKey()), badOffset);
    int behind = bytes.framesBetween(goodAgain, end);
    List<Identifiers.Identifier> all = chunk.getValue().list();
    if (end > bytes.size() || all == null || before < 0 || before + behind >= all.size()) {
      throw here;
    }
    for (Identifiers.Identifier it : all.subList(before, all.size() - behind)) {
      WalFormat.Frame lost = it.lost();
      if (lost == null) {
        throw here;
      }
      take(lost, true, bytes.path(), badOffset, LogTrace.place(bytes.number(), goodAgain));
    }
    for (int offset = goodAgain; offset < end; offset = bytes.behind(offset)) {
      take(bytes, offset);
    }
    trail.skipTo(end);
    damaged.add(chunk.getValue());
    return end;
  }

  /// The identifiers of a segment, which stand in it and in the one behind it.
  private NavigableMap<Long, Identifiers> chunksOf(WalSegment bytes, boolean isLast) {
    NavigableMap<Long, Identifiers> chunks = new TreeMap<>();
    bytes.gatherIdentifiers(bytes.number(), chunks);
    if (!isLast) {
      long next = bytes.number() + 1;
      String path = directory + "/" + WalFormat.segmentName(next);
      DiskFile file = disk.open(path, Disk.OpenMode.READ);
      WalSegment.read(file, path, next, rule).gatherIdentifiers(bytes.number(), chunks);
      file.close();
    }
    return chunks;
  }
}
