package dev.nucleusdb.core.disk;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import java.util.function.LongSupplier;

/// Reserves room for a log where that pays.
///
/// When its syncs follow each other closely: a sync of a file that has grown writes the file's new
/// length too, through a journal if the file system has one; a sync of bytes that were put over
/// reserved zeros writes them alone, which takes less than half as long on ext4. The price is that
/// every byte is written twice.
///
/// And when its syncs are far apart, because appends into room need no call of the system. Bytes
/// are put over zeros that have not gone to the device yet, so they are written once. Large appends
/// get none then: one call for all their bytes costs less than zeros and a copy.
///
/// ```
///   |== the log ==|== appended ==|000000 reserved 000000|
///                 last sync      sizeBytes              reservedTo
/// ```
///
/// Counts only what it is told; for one thread.
public final class RoomAhead {
  /// What is reserved at once, in syncs' worth of bytes.
  private static final int SYNCS_AHEAD = 32;

  /// The least that is reserved at once.
  private static final long CHUNK_BYTES_MIN = 256 * 1024;

  /// Syncs that follow each other at a greater distance reserve nothing.
  private static final long DISTANCE_BYTES_MAX = 64 * 1024;

  /// So many bytes behind the last sync the next one is taken to be far.
  private static final long FAR_BYTES = 512 * 1024;

  /// Syncs at this distance are taken to be far without waiting for the first bytes of it: few of
  /// the zeros that one of them writes are written for nothing.
  private static final long FAR_DISTANCE_BYTES = 2 * 1024 * 1024;

  /// What is reserved at once while it is.
  private static final long FAR_CHUNK_BYTES = 1024 * 1024;

  /// For an append of so many bytes nothing is reserved while it is.
  private static final long FAR_APPEND_BYTES_MAX = 32 * 1024;

  /// Before so many syncs nothing is known of their distance.
  private static final int SYNCS_KNOWN = 2;

  /// How long the file was when its last sync was asked for; -1 if none was.
  private long syncedTo = -1;

  /// How long the file was when the first append came; -1 before.
  private long begunAt = -1;

  private long reservedTo;

  /// Whether something was appended over what was reserved last.
  private boolean isRoomUsed;

  /// A disk that had no room, or reserves nothing, is not asked again before the file has come
  /// here.
  private long refusedTo;

  private int syncs;

  /// Bytes between two syncs, a moving average over about eight of them.
  private long distanceBytes;

  /// Bytes are about to be appended.
  ///
  /// @param endMax up to where this file may grow: nothing is reserved behind that
  public void beforeAppend(DiskFile file, long bytes, long endMax) {
    long worth = worth(file, bytes);
    if (worth > 0) {
      reserve(file, bytes, Math.min(worth, endMax - file.sizeBytes()));
    }
  }

  /// As above, where that is dear to find, and is asked only if room may be reserved.
  public void beforeAppend(DiskFile file, long bytes, LongSupplier endMax) {
    long worth = worth(file, bytes);
    if (worth > 0) {
      reserve(file, bytes, Math.min(worth, endMax.getAsLong() - file.sizeBytes()));
    }
  }

  /// How much is worth reserving before an append; 0 for nothing.
  private long worth(DiskFile file, long bytes) {
    long start = file.sizeBytes();
    begunAt = begunAt < 0 ? start : begunAt;
    if (start < refusedTo) {
      return 0;
    }
    if (start + bytes <= reservedTo) {
      if (!isRoomUsed) {
        isRoomUsed = sometimes("a log is appended to over reserved zeros", true);
      }
      return 0;
    }
    long unsyncedBytes = start - Math.max(begunAt, syncedTo);
    return worth(bytes, unsyncedBytes);
  }

  private void reserve(DiskFile file, long bytes, long room) {
    if (room > bytes) {
      long start = file.sizeBytes();
      long reserved = file.reserve(room);
      reservedTo = reserved == 0 ? reservedTo : start + reserved;
      isRoomUsed = false;
      refusedTo = reserved == 0 ? start + CHUNK_BYTES_MIN : 0;
    }
  }

  /// Up to where zeros were reserved last, whether they are still behind the file's end or not; 0
  /// if none were.
  public long reservedTo() {
    return reservedTo;
  }

  /// A sync of all that was appended is asked for.
  public void syncing(DiskFile file) {
    long end = file.sizeBytes();
    if (syncedTo >= 0) {
      long distance = Math.max(0, end - syncedTo);
      distanceBytes = syncs == 0 ? distance : (7 * distanceBytes + distance) / 8;
      syncs = Math.min(syncs + 1, SYNCS_KNOWN);
    }
    syncedTo = end;
  }

  /// The file takes no more: its length is what was appended to it, durable after the next
  /// completed sync. The next file begins from nothing.
  ///
  /// @throws DiskException if what was reserved cannot be given back
  public void giveBack(DiskFile file) {
    if (reservedTo > 0) {
      sometimes("a log gives reserved zeros back", file.sizeBytes() < reservedTo);
      file.truncate(file.sizeBytes());
    }
    nextFile();
  }

  /// Another file takes what comes, and nobody will look at the one before it.
  public void nextFile() {
    reservedTo = 0;
    refusedTo = 0;
    syncedTo = -1;
    begunAt = -1;
  }

  private long worth(long appendBytes, long unsyncedBytes) {
    boolean known = syncs == SYNCS_KNOWN;
    if (unsyncedBytes >= FAR_BYTES || (known && distanceBytes >= FAR_DISTANCE_BYTES)) {
      return appendBytes < FAR_APPEND_BYTES_MAX ? FAR_CHUNK_BYTES : 0;
    }
    return known && distanceBytes <= DISTANCE_BYTES_MAX
        ? Math.max(CHUNK_BYTES_MIN, SYNCS_AHEAD * distanceBytes)
        : 0;
  }
}
