package dev.nucleusdb.sim.disk;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.fault.CrashMode;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

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
final class FileImage {
  private final Deque<PendingSync> pending = new ArrayDeque<>();
  private Extent cached = new Extent();
  private Extent durable = new Extent();
  private int dirtyFrom;

  /// Bytes that a failed sync lost: the cache shows them until the machine restarts, and no later
  /// sync brings them to the platter. Empty if `lostFrom == lostTo`.
  private int lostFrom;

  private int lostTo;

  int sizeBytes() {
    return cached.length();
  }

  /// How many bytes from the start are certain to survive a crash.
  int durableBytes() {
    return dirtyFrom;
  }

  int append(ByteBuffer bytes, int count) {
    int offset = cached.length();
    cached.append(bytes, count);
    return offset;
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
    pending.forEach(sync -> sync.beforeCut(cached, cut));
    cached.resize(cut);
    dirtyFrom = Math.min(dirtyFrom, cut);
    lostFrom = Math.min(lostFrom, cut);
    lostTo = Math.min(lostTo, cut);
  }

  PendingSync beginSync() {
    PendingSync sync = new PendingSync(cached.length());
    pending.add(sync);
    return sync;
  }

  /// What the sync covers is on the platter now, and with it all that earlier syncs cover.
  void endSync(PendingSync sync) {
    if (!takeWithEarlier(sync)) {
      return;
    }
    sync.writeTo(durable, cached, dirtyFrom);
    durable.zero(Math.min(lostFrom, durable.length()), Math.min(lostTo, durable.length()));
    dirtyFrom = Math.min(sync.unchangedTo(), lostFrom < lostTo ? lostFrom : Integer.MAX_VALUE);
  }

  /// The sync failed. What it covers is on the platter, or lost for good.
  void failSync(PendingSync sync, boolean kept) {
    if (kept) {
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
    }
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
    Extent result = cached.duplicate();
    int end = Math.min(lostTo, result.length());
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
    CrashedFile crashed = new CrashedFile(durable, cached, dirtyFrom, mode, random);
    Extent result = crashed.content();
    result.zero(Math.min(lostFrom, result.length()), Math.min(lostTo, result.length()));
    settle(result);
    return crashed.isTorn();
  }

  private void settle(Extent result) {
    cached = result;
    durable = result.duplicate();
    dirtyFrom = result.length();
    lostFrom = 0;
    lostTo = 0;
  }
}
