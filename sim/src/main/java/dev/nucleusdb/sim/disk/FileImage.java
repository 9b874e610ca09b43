package dev.nucleusdb.sim.disk;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.disk.legal.Choices;
import dev.nucleusdb.sim.disk.legal.FileSystem;
import dev.nucleusdb.sim.fault.CrashMode;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// One file, twice: as programs see it, and as it is on the platter.
///
/// ```
///   cached   |=== same as durable ===|~~ not synced ~~|
///            0                  dirtyFrom      cached.length
///   durable  |=======================|-- cut since, not synced --|
///            0                  dirtyFrom                 durable.length
/// ```
///
/// Invariant: below `dirtyFrom` both hold the same bytes, and `dirtyFrom` is at most either length.
///
/// Bytes are *settled* once something that was written after they had become durable is durable
/// too: a reader can know from it that they must be there. Only settled bytes are damaged, because
/// the loss of others cannot be told from a torn tail (Alagappan et al., FAST 2018).
final class FileImage {
  static final int SECTOR_BYTES = 512;
  private static final int YOUNG_BYTES = 1024;

  private final Deque<PendingSync> pending = new ArrayDeque<>();
  private Extent cached = new Extent();
  private Extent durable = new Extent();
  private int dirtyFrom;

  /// Up to where zeros were put behind the file's end, as far as that is not overgrown; and how
  /// much of it the last completed sync has made durable.
  private int reservedTo;

  private int durablyReservedTo;

  /// Bytes that a failed sync lost: the cache shows them until the machine restarts, and no later
  /// sync brings them to the platter. Empty if `lostFrom == lostTo`.
  private int lostFrom;

  private int lostTo;

  /// Whether a new process still finds the lost bytes in the cache.
  private boolean hidesLoss;

  /// Settled bytes from the start; at most `dirtyFrom`.
  private int settledTo;

  /// What was durable when bytes were last appended.
  private int durableAtAppend;

  /// Sectors that cannot be read, by their first byte.
  private final SortedSet<Integer> badSectors = new TreeSet<>();

  int sizeBytes() {
    return cached.length();
  }

  /// How many bytes from the start are certain to survive a crash.
  int durableBytes() {
    return dirtyFrom;
  }

  int append(ByteBuffer bytes, int count) {
    int offset = cached.length();
    durableAtAppend = dirtyFrom;
    cached.append(bytes, count);
    return offset;
  }

  /// Puts zeros behind the end.
  void reserve(int bytes) {
    reservedTo = Math.max(reservedTo, cached.length() + bytes);
  }

  /// Cuts them off.
  void giveBack() {
    reservedTo = 0;
  }

  int read(long offset, ByteBuffer into) {
    require(offset >= 0, "offset %d", offset);
    return offset >= cached.length() ? 0 : cached.read((int) offset, into);
  }

  byte[] content() {
    return cached.toArray(0, cached.length());
  }

  void truncate(long sizeBytes) {
    require(
        sizeBytes >= 0 && sizeBytes <= cached.length(),
        "cannot cut %d bytes to %d",
        cached.length(),
        sizeBytes);
    int cut = (int) sizeBytes;
    reservedTo = 0;
    pending.forEach(sync -> sync.beforeCut(cached, cut));
    cached.resize(cut);
    dirtyFrom = Math.min(dirtyFrom, cut);
    // If nothing is left behind them, what vouched for settled bytes was cut away.
    settledTo = settledTo < cut ? settledTo : 0;
    durableAtAppend = settledTo;
    badSectors.tailSet(cut / SECTOR_BYTES * SECTOR_BYTES).clear();
    lostFrom = Math.min(lostFrom, cut);
    lostTo = Math.min(lostTo, cut);
  }

  PendingSync beginSync() {
    PendingSync sync = new PendingSync(cached.length(), reservedTo, durableAtAppend);
    pending.add(sync);
    return sync;
  }

  /// What the sync covers is on the platter now, and with it all that earlier syncs cover.
  void endSync(PendingSync sync) {
    if (!takeWithEarlier(sync)) {
      return;
    }
    sync.writeTo(durable, cached, dirtyFrom);
    durablyReservedTo = sync.reservedTo;
    durable.zero(Math.min(lostFrom, durable.length()), Math.min(lostTo, durable.length()));
    dirtyFrom = Math.min(sync.unchangedTo(), lostFrom < lostTo ? lostFrom : Integer.MAX_VALUE);
    settledTo = Math.min(dirtyFrom, Math.max(settledTo, sync.durableBefore()));
  }

  /// The sync says that it has ended, and nothing was written.
  void forgetSync(PendingSync sync) {
    pending.remove(sync);
  }

  /// The sync failed. What it covers is on the platter, or lost for good, as [CallFaults] names it.
  void failSync(PendingSync sync, String outcome) {
    if (outcome.equals(CallFaults.KEPT)) {
      endSync(sync);
      return;
    }
    if (!takeWithEarlier(sync)) {
      return;
    }
    int from = dirtyFrom;
    int to = Math.min(sync.length, cached.length());
    if (from < to) {
      lostFrom = lostFrom < lostTo ? Math.min(lostFrom, from) : from;
      lostTo = Math.max(lostTo, to);
      if (outcome.equals(CallFaults.REVERTED)) {
        cached.zero(from, to);
      }
    }
  }

  /// The sync failed, and nobody can see it until the power fails.
  void hideFailure(PendingSync sync) {
    failSync(sync, CallFaults.LOST);
    hidesLoss = true;
  }

  /// Everything durable is settled: the file got its name after its bytes were durable.
  void settle() {
    settledTo = dirtyFrom;
  }

  /// How many bytes from the start may be damaged.
  int settledBytes() {
    return settledTo;
  }

  /// How many of these were written last; none if the file is not written to any more.
  int youngBytes() {
    return settledTo < cached.length() ? Math.min(settledTo, YOUNG_BYTES) : 0;
  }

  /// Flips a settled bit, on the platter and in the cache.
  void flip(int offset, int bit) {
    byte changed = (byte) (cached.at(offset) ^ 1 << bit);
    cached.set(offset, changed);
    durable.set(offset, changed);
  }

  /// Puts other bytes over settled ones; what reaches further is left out.
  void overwrite(int offset, byte[] bytes) {
    for (int i = 0; i < bytes.length && offset + i < settledTo; i++) {
      cached.set(offset + i, bytes[i]);
      durable.set(offset + i, bytes[i]);
    }
  }

  /// From now on the sector of a settled byte cannot be read.
  void spoil(int offset) {
    badSectors.add(offset / SECTOR_BYTES * SECTOR_BYTES);
  }

  /// The first byte of a bad sector within a range, or -1.
  int badSector(long offset, int length) {
    if (badSectors.isEmpty()) {
      return -1;
    }
    int first = (int) Math.min(offset, Integer.MAX_VALUE) / SECTOR_BYTES * SECTOR_BYTES;
    SortedSet<Integer> behind = badSectors.tailSet(first);
    return !behind.isEmpty() && behind.getFirst() < offset + length ? behind.getFirst() : -1;
  }

  /// No sector of it can be read from now on.
  boolean spoilAll() {
    for (int at = 0; at < cached.length(); at += SECTOR_BYTES) {
      spoil(at);
    }
    return cached.length() > 0;
  }

  /// Other bytes stand in its place, durable.
  void replace(byte[] bytes) {
    Extent other = new Extent();
    other.append(ByteBuffer.wrap(bytes), bytes.length);
    settle(other);
  }

  /// What programs see of it; not to be changed.
  Extent extent() {
    return cached;
  }

  @SuppressWarnings("ReferenceEquality") // a file is itself, whatever stands in it
  boolean isSame(FileImage other) {
    return this == other;
  }

  /// The file once more, without syncs that are under way.
  FileImage twin() {
    FileImage twin = new FileImage();
    twin.cached = cached.duplicate();
    twin.durable = durable.duplicate();
    twin.dirtyFrom = dirtyFrom;
    twin.reservedTo = reservedTo;
    twin.durablyReservedTo = durablyReservedTo;
    twin.lostFrom = lostFrom;
    twin.lostTo = lostTo;
    twin.hidesLoss = hidesLoss;
    twin.settledTo = settledTo;
    twin.durableAtAppend = durableAtAppend;
    twin.badSectors.addAll(badSectors);
    return twin;
  }

  /// The file as it is on the platter, apart from this one.
  FileImage durableTwin() {
    FileImage twin = new FileImage();
    Extent platter = durable.duplicate();
    platter.grow(durablyReservedTo);
    twin.settle(platter);
    twin.settledTo = Math.min(settledTo, twin.dirtyFrom);
    twin.badSectors.addAll(badSectors);
    return twin;
  }

  /// False if a later sync has ended already and covers this one.
  private boolean takeWithEarlier(PendingSync sync) {
    if (!pending.contains(sync)) {
      return false;
    }
    while (pending.element() != sync) {
      pending.remove();
    }
    pending.remove();
    return true;
  }

  /// The process is gone and the machine stays: the cache is written out, but for what a failed
  /// sync lost.
  void exit() {
    pending.clear();
    cached.grow(reservedTo);
    if (isDurable()) {
      begin();
      return;
    }
    Extent result = cached.duplicate();
    int end = Math.min(lostTo, result.length());
    if (hidesLoss && lostFrom < end) {
      durable = result;
      durable.zero(lostFrom, end);
      reservedTo = 0;
      durablyReservedTo = 0;
      dirtyFrom = lostFrom;
      settledTo = Math.min(settledTo, dirtyFrom);
      durableAtAppend = settledTo;
      return;
    }
    if (lostFrom < end) {
      result.zero(lostFrom, end);
      if (end == result.length()) {
        result.resize(lostFrom);
      }
    }
    settle(result);
  }

  /// The machine lost power.
  ///
  /// @return whether a page was zeroed, garbled or torn
  boolean crash(CrashMode mode, RandomSource random) {
    pending.clear();
    if (isDurable()) {
      begin();
      return false;
    }
    CrashedFile crashed = new CrashedFile(durable, cached, dirtyFrom, mode, random);
    Extent result = crashed.content();
    result.grow(durablyReservedTo);
    if (reservedTo > result.length() && crashed.keepsRoom()) {
      result.grow(reservedTo);
    }
    result.zero(Math.min(lostFrom, result.length()), Math.min(lostTo, result.length()));
    settle(result);
    return crashed.isTorn();
  }

  /// The machine lost power, on a file system whose choices somebody makes.
  ///
  /// @return whether a page was zeroed, garbled or torn
  boolean crash(FileSystem fileSystem, Choices choices, int pageBytes, List<Extent> strangers) {
    pending.clear();
    if (isDurable()) {
      begin();
      return false;
    }
    boolean overZeros = durablyReservedTo > dirtyFrom;
    ChosenCrash crashed =
        new ChosenCrash(
            durable, cached, dirtyFrom, overZeros, fileSystem, choices, pageBytes, strangers);
    Extent result = crashed.content();
    result.grow(durablyReservedTo);
    if (reservedTo > result.length() && choices.of(2) == 1) {
      result.grow(reservedTo);
    }
    result.zero(Math.min(lostFrom, result.length()), Math.min(lostTo, result.length()));
    settle(result);
    return crashed.isTorn();
  }

  /// Whether cache and platter are the same to their ends: then nothing can happen to the file, and
  /// nothing need be copied. Most files of a disk are so in most crashes.
  boolean isDurable() {
    return dirtyFrom == cached.length()
        && dirtyFrom == durable.length()
        && lostFrom == lostTo
        && Math.max(reservedTo, durablyReservedTo) <= dirtyFrom;
  }

  private void settle(Extent result) {
    cached = result;
    durable = result.duplicate();
    dirtyFrom = result.length();
    begin();
  }

  /// What is in the cache is on the platter.
  private void begin() {
    reservedTo = 0;
    durablyReservedTo = 0;
    lostFrom = 0;
    lostTo = 0;
    hidesLoss = false;
    settledTo = Math.min(settledTo, dirtyFrom);
    durableAtAppend = settledTo;
  }
}
