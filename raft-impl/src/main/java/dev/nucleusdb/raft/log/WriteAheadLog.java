package dev.nucleusdb.raft.log;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.disk.RoomAhead;
import dev.nucleusdb.core.node.SetAside;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.raft.membership.ClusterId;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.membership.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The write-ahead log of a node: terms, votes and entries of all its groups in one sequence of
/// segment files, so that one sync serves all of them. See [WalFormat] for the bytes.
///
/// Appends are visible to nobody but recovery. A group's log may be released up to an index; a
/// segment that holds nothing but released entries is deleted, oldest first. A group that releases
/// nothing holds up all others that way; what it has is moved on ([#move]) when the files take far
/// more than what all groups hold.
public final class WriteAheadLog {
  private final Disk disk;
  private final String directory;
  private final long segmentSizeBytes;

  /// What this many bytes repeat at the head of a segment does not count against it; beyond, a
  /// segment is so long that it holds [#STANDING_FACTOR] times what it had to repeat.
  private static final int STANDING_FREE_BYTES = 4096;

  private static final int STANDING_FACTOR = 8;
  private static final int MOVED_BYTES_MAX = 1 << 20;

  /// When what is gathered is written although more may come.
  private static final int GATHERED_BYTES_MAX = 1 << 20;

  private final LogRule rule;
  private final Trace trace;
  private final IntFunction<Trace> traces;
  private final Map<Integer, RecoveredLog> recovered;

  /// For each segment the largest index of each group; a sealed one names only groups that have not
  /// released all that they have there.
  private final NavigableMap<Long, LastIndexes> lastIndexBySegment;

  private final NavigableMap<Long, Long> bytesBySealed;
  private final GroupAccounts accounts = new GroupAccounts();
  private long storeId;
  private long clusterId;
  private DiskFile active;
  private long segment;
  private long standingBytes;
  private long durableBytes;
  private int pendingSyncCount;
  private final RoomAhead room = new RoomAhead();

  /// What [#gather] has taken for the active segment.
  private final FrameBuffer gathered;

  private WriteAheadLog(
      Disk disk,
      String directory,
      long segmentSizeBytes,
      LogRule rule,
      Trace trace,
      IntFunction<Trace> traces,
      IdentifierTrail trail,
      WalRecovery recovery,
      @Nullable DiskFile last) {
    this.disk = disk;
    this.directory = directory;
    this.segmentSizeBytes = segmentSizeBytes;
    this.rule = rule;
    this.trace = trace;
    this.traces = traces;
    this.recovered = recovery.groups();
    this.lastIndexBySegment = recovery.lastIndexBySegment();
    this.storeId = recovery.storeId();
    this.clusterId = recovery.clusterId();
    this.bytesBySealed = recovery.bytesBySealed();
    this.gathered = new FrameBuffer(trail);
    recovered.forEach((group, log) -> {
      accounts.stands(group, log.hardState());
      WalFormat.Frame.Base base = log.base(group);
      if (base != null) {
        accounts.begins(base);
      }
    });
    if (last == null) {
      this.active = begin(1);
    } else {
      this.segment = lastIndexBySegment.lastKey();
      long recoveredBytes = last.sizeBytes();
      sealed().values().forEach(indexes -> indexes.retainUnless(accounts::isReleased));
      this.active = recoveredBytes == 0 ? restart(last) : last;
      this.durableBytes = recoveredBytes;
    }
  }

  /// As the other one, where all groups tell the same trace what becomes of their entries.
  public static WriteAheadLog open(
      Disk disk,
      String directory,
      long segmentSizeBytes,
      LogRule rule,
      Trace trace,
      RandomSource random) {
    return open(disk, directory, segmentSizeBytes, rule, trace, group -> trace, random);
  }

  /// Opens the log in a folder, which is made if it is missing, and recovers what is in it.
  ///
  /// @param trace is told what becomes of the files
  /// @param traces by group, are told what becomes of its entries
  /// @param random for the name of a disk that has none yet
  /// @throws dev.nucleusdb.core.disk.CorruptionException if something durable is damaged
  /// @throws DiskException if the disk does not work
  public static WriteAheadLog open(
      Disk disk,
      String directory,
      long segmentSizeBytes,
      LogRule rule,
      Trace trace,
      IntFunction<Trace> traces,
      RandomSource random) {
    disk.createDirectory(directory);
    disk.syncDirectory("");
    IdentifierTrail trail = new IdentifierTrail(segmentSizeBytes);
    WalRecovery recovery = new WalRecovery(disk, directory, rule, trail, trace, traces);
    DiskFile last = recovery.run();
    WriteAheadLog log =
        new WriteAheadLog(
            disk, directory, segmentSizeBytes, rule, trace, traces, trail, recovery, last);
    if (log.storeId == Stores.UNKNOWN) {
      log.nameStore(random);
    }
    recovery.toTellAgain().forEach(log::tellAgain);
    return log;
  }

  private void tellAgain(Identifiers damaged) {
    write(active, List.of(new WalFormat.Frame.Told(damaged)));
    active.syncNow();
    durableBytes = active.sizeBytes();
  }

  /// Names the disk, durably: before anybody hears the name, so that none is ever given up.
  private void nameStore(RandomSource random) {
    while (storeId == Stores.UNKNOWN) {
      storeId = rule.nameOf(random.nextLong(), SetAside.isUnderWay(disk));
    }
    write(active, List.of(new WalFormat.Frame.Store(storeId)));
    active.syncNow();
    durableBytes = active.sizeBytes();
  }

  /// By what name others know this disk; never [Stores#UNKNOWN], and never that of another disk.
  public long storeId() {
    return storeId;
  }

  /// To which cluster this node belongs.
  public long clusterId() {
    return clusterId;
  }

  /// The node belongs to another cluster from now on, and everything appended is durable.
  public void enterCluster(long id) {
    clusterId = id;
    write(active, List.of(new WalFormat.Frame.Cluster(id)));
    active.syncNow();
    durableBytes = active.sizeBytes();
  }

  /// The path of a segment within its disk, for those who want to know how far it is durable.
  public static String pathOf(String directory, long segment) {
    return directory + "/" + WalFormat.segmentName(segment);
  }

  /// What was found of a group; empty for a group that is new.
  public RecoveredLog recovered(int group) {
    return recovered.getOrDefault(group, new RecoveredLog());
  }

  /// As [#recovered], for the group that takes it over: this log keeps nothing of it.
  public RecoveredLog take(int group) {
    RecoveredLog found = recovered(group);
    recovered.remove(group);
    return found;
  }

  /// The reverse of [#take], for a group that leaves its node and may come again: makes what this
  /// log holds of it durable, which is exactly `log`.
  public void giveBack(int group, RaftLog log) {
    writeGathered();
    active.syncNow();
    durableBytes = active.sizeBytes();
    recovered.put(group, RecoveredLog.of(accounts.hardState(group), log));
  }

  /// Whether nobody who runs has what was found of a group.
  public boolean isUntaken(int group) {
    return recovered.containsKey(group);
  }

  /// Appends a term and vote, and entries from an index on, as one write.
  ///
  /// @throws DiskException if the disk did not take it; nothing of it will be recovered
  public void append(
      int group, @Nullable HardState hardState, long firstIndex, List<Entry> entries) {
    gather(group, hardState, firstIndex, entries);
    writeGathered();
  }

  /// As [#append], but the write comes with [#writeGathered], or with whatever is written before.
  ///
  /// @throws DiskException if the disk did not take what was gathered before
  public void gather(
      int group, @Nullable HardState hardState, long firstIndex, List<Entry> entries) {
    long repeated = STANDING_FACTOR * standingBytes - STANDING_FREE_BYTES;
    if (active.sizeBytes() + gathered.bytes() >= Math.max(segmentSizeBytes, repeated)) {
      roll();
    }
    if (hardState != null) {
      accounts.stands(group, hardState);
      gather(new WalFormat.Frame.State(group, hardState));
    }
    if (!entries.isEmpty()) {
      boolean told = trace.isRead();
      long fileBytes = active.sizeBytes();
      gathered.add(segment, fileBytes, durableBytes, group, firstIndex, entries, told);
      long last = firstIndex + entries.size() - 1;
      lastIndexBySegment.lastEntry().getValue().raise(group, last);
    }
    if (gathered.bytes() >= GATHERED_BYTES_MAX) {
      writeGathered();
    }
  }

  /// As [#gather], for an entry that had been lost: it takes its place again, and those behind it
  /// stay. What keeps its old place keeps this one.
  public void gatherFound(int group, long index, Entry entry) {
    gather(new WalFormat.Frame.Found(group, index, entry));
  }

  private void gather(WalFormat.Frame frame) {
    gathered.add(segment, active.sizeBytes(), durableBytes, frame);
  }

  /// Writes what [#gather] has taken, as one write.
  ///
  /// @throws DiskException if the disk did not take it; nothing of it will be recovered
  public void writeGathered() {
    if (!gathered.isEmpty()) {
      room.beforeAppend(active, gathered.bytes(), segmentSizeBytes);
      writeGathered(active);
    }
  }

  private List<WalFormat.Frame> writeGathered(DiskFile file) {
    long start = file.sizeBytes();
    List<WalFormat.Frame> written = gathered.appendTo(file);
    if (trace.isRead()) {
      traceFrames(written, start);
    }
    return written;
  }

  /// Asks for everything written so far to be made durable; the caller keeps it to one at a time.
  public void sync(DiskFile.SyncCompletion completion) {
    DiskFile file = active;
    long syncedSegment = segment;
    long bytes = file.sizeBytes();
    pendingSyncCount++;
    room.syncing(file);
    file.sync(failure -> {
      if (syncedSegment != segment) {
        file.close();
      } else {
        pendingSyncCount--;
        durableBytes = failure == null ? Math.max(durableBytes, bytes) : durableBytes;
      }
      completion.completed(failure);
    });
  }

  /// A group needs nothing up to `index` any more: the oldest segments go, as far as all groups
  /// allow it. The hard states and the new beginnings of the logs are made durable first: those at
  /// the head of the segment may be missing, if a crash tore it right behind its header.
  ///
  /// @param index a released index of the group's log
  /// @param term the term of that entry
  /// @param membership who takes part there; null if no entry up to there has named it
  public void release(int group, long index, long term, @Nullable Membership membership) {
    accounts.begins(new WalFormat.Frame.Base(group, index, term, membership));
    sealed().values().forEach(last -> last.forget(group, index));
    if (isOldestFree()) {
      deleteFree();
    }
  }

  /// How many segments are sealed and still there.
  public int sealedCount() {
    return bytesBySealed.size();
  }

  /// What all segments take.
  public long fileBytes() {
    long bytes = active.sizeBytes() + gathered.bytes();
    for (long sealed : bytesBySealed.values()) {
      bytes += sealed;
    }
    return bytes;
  }

  /// At which size a segment is sealed, if there are not very many groups.
  public long segmentSizeBytes() {
    return segmentSizeBytes;
  }

  /// The groups whose entries keep the oldest segment, in the order of their numbers; empty if
  /// nothing is sealed.
  public List<Integer> pinning() {
    Map.Entry<Long, LastIndexes> oldest = lastIndexBySegment.firstEntry();
    return oldest.getKey() == segment ? List.of() : oldest.getValue().groups();
  }

  /// Moves what these groups hold to the end of the log, so that the segments in which it stood may
  /// go, and deletes what nobody needs then.
  ///
  /// @param logs by group, exactly what this log knows of it
  public void move(Map<Integer, RaftLog> logs) {
    MovedFrames moved = new MovedFrames();
    logs.forEach((group, log) -> {
      if (log.baseIndex() > 0) {
        long base = log.baseIndex();
        Membership membership = log.baseMembership();
        accounts.begins(new WalFormat.Frame.Base(group, base, log.termAt(base), membership));
      }
      List<WalFormat.Frame> slice = new ArrayList<>();
      long bytes = 0;
      for (long index = log.baseIndex() + 1; index <= log.lastIndex(); index++) {
        WalFormat.Frame frame = new WalFormat.Frame.Moved(group, index, log.entryAt(index));
        slice.add(frame);
        bytes += WalFormat.frameBytes(frame);
        if (bytes >= MOVED_BYTES_MAX || index == log.lastIndex()) {
          long start = active.sizeBytes();
          moved.add(write(active, slice), start);
          slice.clear();
          bytes = 0;
        }
      }
      sealed().values().forEach(last -> last.forget(group, Long.MAX_VALUE));
      if (log.lastIndex() > log.baseIndex()) {
        LastIndexes last = lastIndexBySegment.lastEntry().getValue();
        last.forget(group, Long.MAX_VALUE);
        last.raise(group, log.lastIndex());
      }
    });
    writeGathered();
    active.syncNow();
    moved.tell(traces, segment);
    trace.point("wal.entries-moved");
    if (isOldestFree()) {
      deleteFree();
    }
  }

  private NavigableMap<Long, LastIndexes> sealed() {
    return lastIndexBySegment.headMap(segment, false);
  }

  private boolean isOldestFree() {
    Map.Entry<Long, LastIndexes> oldest = lastIndexBySegment.firstEntry();
    return oldest.getKey() != segment && isFree(oldest.getValue());
  }

  private boolean isFree(LastIndexes lastIndexes) {
    return !lastIndexes.anyMatch((group, index) -> rule.keepsSegment(group));
  }

  private void deleteFree() {
    List<Long> free = new ArrayList<>();
    for (Map.Entry<Long, LastIndexes> old : sealed().entrySet()) {
      if (!isFree(old.getValue())) {
        break;
      }
      free.add(old.getKey());
    }
    write(active, standing());
    active.syncNow();
    durableBytes = active.sizeBytes();
    trace.point("wal.base-durable");
    for (long old : free) {
      disk.delete(pathOf(directory, old));
      lastIndexBySegment.remove(old);
      bytesBySealed.remove(old);
      trace.event(LogTrace.DELETE, old, 0, 0);
      trace.point("wal.segment-deleted");
      disk.syncDirectory(directory);
    }
  }

  /// A snapshot stands for a group's log up to an index, and what the log held is gone.
  public void restart(int group, long index, long term, @Nullable Membership membership) {
    WalFormat.Frame.Base base = new WalFormat.Frame.Base(group, index, term, membership);
    accounts.begins(base);
    lastIndexBySegment.values().forEach(last -> last.forget(group, Long.MAX_VALUE));
    write(active, List.of(new WalFormat.Frame.Restart(base)));
  }

  /// Lets the files go, without a sync.
  public void close() {
    active.close();
  }

  /// A sealed segment that a sync is still under way for is closed by that sync's completion, which
  /// would otherwise never come.
  private void roll() {
    writeGathered();
    room.giveBack(active);
    active.syncNow();
    trace.point("wal.segment-sealed");
    bytesBySealed.put(segment, active.sizeBytes());
    lastIndexBySegment.lastEntry().getValue().retainUnless(accounts::isReleased);
    if (pendingSyncCount == 0) {
      active.close();
    }
    pendingSyncCount = 0;
    active = begin(segment + 1);
  }

  /// Begins a segment: it repeats what must survive the deletion of those before it.
  private DiskFile begin(long number) {
    segment = number;
    durableBytes = 0;
    lastIndexBySegment.put(number, new LastIndexes());
    DiskFile file = disk.open(pathOf(directory, number), Disk.OpenMode.CREATE);
    trace.point("wal.segment-created");
    disk.syncDirectory(directory);
    trace.event(LogTrace.ROLL, number, 0, 0);
    return restart(file);
  }

  private DiskFile restart(DiskFile empty) {
    gathered.header(segment);
    gathered.appendTo(empty);
    gathered.addIdentifiers(segment, empty.sizeBytes(), durableBytes, true);
    write(empty, standing());
    standingBytes = empty.sizeBytes();
    return empty;
  }

  /// What must survive the deletion of everything before it.
  private List<WalFormat.Frame> standing() {
    List<WalFormat.Frame> frames = new ArrayList<>();
    if (storeId != Stores.UNKNOWN) {
      frames.add(new WalFormat.Frame.Store(storeId));
    }
    if (clusterId != ClusterId.FOUNDED) {
      frames.add(new WalFormat.Frame.Cluster(clusterId));
    }
    frames.addAll(accounts.frames());
    return frames;
  }

  /// Writes frames behind what is gathered, with it.
  ///
  /// @return all that were written, if they are traced
  private List<WalFormat.Frame> write(DiskFile file, List<WalFormat.Frame> frames) {
    for (WalFormat.Frame frame : frames) {
      gathered.add(segment, file.sizeBytes(), durableBytes, frame);
    }
    return writeGathered(file);
  }

  /// Frames that were moved are told of once they are durable: until then they stand where they
  /// stood.
  private void traceFrames(List<WalFormat.Frame> frames, long start) {
    long end = start;
    for (WalFormat.Frame frame : frames) {
      end += WalFormat.frameBytes(frame);
      if (frame instanceof WalFormat.Frame.Appended appended) {
        traces
            .apply(appended.group())
            .event(
                LogTrace.FRAME,
                appended.index(),
                appended.entry().term(),
                LogTrace.place(segment, end));
      }
    }
  }
}
