package dev.nucleusdb.core.system;

import static dev.nucleusdb.core.assertion.Assertions.invariant;
import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An open file of a [FileDisk]. Used by the node's thread, and read by any; of its fields the
/// disk's sync thread touches only what the lock guards.
///
/// Syncs that are asked for while one is under way are answered by one that follows: it begins
/// after all of them were asked for, so it covers what each of them has to.
final class SystemFile implements DiskFile {
  private final FileDisk disk;
  private final String path;
  private final SteadyChannel channel;

  /// Used by the sync thread alone, so that no interrupt of a caller closes it.
  private final SteadyChannel syncs;

  /// What threads that may be interrupted make durable; null if a node's thread is the only one.
  private final @Nullable FileDescriptor callers;

  private final boolean writable;

  /// Syncs at this distance are far apart, and appends between them copy into reserved room.
  private static final long FAR_BYTES = 256 * 1024;

  /// Appends of so many bytes are one call of the system wherever they go: it copies them without a
  /// fault for each page.
  private static final int COPIED_BYTES_MAX = 32 * 1024;

  private final FileMapping mapping;
  private final ReservedRoom room;

  /// Bytes of the file when it is written here: appends go there, wherever the channel stands.
  private volatile long sizeBytes;

  /// How long the file was when its last sync was asked for.
  private volatile long syncAskedBytes;

  /// From where on appends copy into reserved room: from the last sync on if it was far from the
  /// one before, else from so far behind it that it will have been.
  private volatile long copiedFromBytes;

  /// Bytes that callers' syncs have made durable. Guarded by `forcing`.
  private long forcedBytes;

  private final Object lock = new Object();
  private final Object forcing = new Object();
  private List<SyncCompletion> asked = new ArrayList<>();
  private boolean syncing;
  private volatile boolean closed;

  SystemFile(
      FileDisk disk,
      String path,
      SteadyChannel channel,
      SteadyChannel syncs,
      @Nullable FileDescriptor callers,
      boolean writable)
      throws IOException {
    this.disk = disk;
    this.path = path;
    this.channel = channel;
    this.syncs = syncs;
    this.callers = callers;
    this.writable = writable;
    this.sizeBytes = channel.sizeBytes();
    this.syncAskedBytes = sizeBytes;
    this.copiedFromBytes = sizeBytes + FAR_BYTES;
    this.mapping = new FileMapping(channel, writable);
    this.room = new ReservedRoom(channel, callers != null);
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public long sizeBytes() {
    if (writable) {
      return sizeBytes;
    }
    try {
      return channel.sizeBytes();
    } catch (IOException e) {
      throw DiskFailures.of(path, "ask for the size", e);
    }
  }

  @Override
  public long append(ByteBuffer bytes) {
    requireWritable();
    long offset = sizeBytes;
    if (offset >= copiedFromBytes && bytes.remaining() < COPIED_BYTES_MAX && copy(offset, bytes)) {
      return offset;
    }
    long written = offset;
    int end = bytes.limit();
    try {
      while (bytes.position() < end) {
        bytes.limit(Math.min(end, bytes.position() + disk.options().transferBytesMax()));
        written += channel.write(bytes, written);
      }
    } catch (IOException e) {
      throw DiskFailures.of(path, "append", e);
    } finally {
      sizeBytes = written;
      bytes.limit(end);
    }
    return offset;
  }

  private boolean copy(long offset, ByteBuffer bytes) {
    int count = bytes.remaining();
    try {
      if (!room.put(offset, bytes)) {
        return false;
      }
    } catch (InternalError unwritable) {
      throw new DiskException(DiskException.Kind.IO, path, "could not append", unwritable);
    }
    sizeBytes = offset + count;
    return true;
  }

  @Override
  public int read(long offset, ByteBuffer into) {
    requireOpen();
    int limit = into.limit();
    int start = into.position();
    // What is reserved stands behind the file's end, and is none of it.
    long there = writable ? Math.max(0, sizeBytes - offset) : Long.MAX_VALUE;
    into.limit(start + (int) Math.min(there, limit - start));
    try {
      if (!disk.options().mapsReads() || !readMapped(offset, into)) {
        readInPieces(offset, into);
      }
    } finally {
      into.limit(limit);
    }
    return into.position() - start;
  }

  private void readInPieces(long offset, ByteBuffer into) {
    int start = into.position();
    int end = into.limit();
    try {
      while (into.position() < end) {
        into.limit(Math.min(end, into.position() + disk.options().transferBytesMax()));
        if (channel.read(into, offset + into.position() - start) < 0) {
          break;
        }
      }
    } catch (IOException e) {
      throw DiskFailures.of(path, "read at offset " + offset, e);
    }
  }

  private boolean readMapped(long offset, ByteBuffer into) {
    try {
      return mapping.read(offset, into, sizeBytes);
    } catch (InternalError unreadable) {
      // What the device could not read of a file in the address space shows as this.
      throw new DiskException(
          DiskException.Kind.IO, path, "could not read at offset " + offset, unreadable);
    }
  }

  /// Reads that come soon find the bytes in the processor's caches: those of several hints are
  /// fetched at the same time, while reads fetch one after the other.
  @Override
  public void willRead(long offset, int bytes) {
    try {
      mapping.touch(offset, bytes);
    } catch (InternalError unreadable) {
      // The read will tell.
    }
  }

  @Override
  public long reserve(long bytes) {
    requireWritable();
    require(bytes > 0, "room of %d bytes", bytes);
    return disk.options().reservesRoom() ? room.reserve(sizeBytes, bytes) : 0;
  }

  @Override
  public void truncate(long newSizeBytes) {
    requireWritable();
    require(
        newSizeBytes >= 0 && newSizeBytes <= sizeBytes,
        "%s has %d bytes and cannot be cut to %d",
        path,
        sizeBytes,
        newSizeBytes);
    mapping.forget();
    synchronized (forcing) {
      room.cut();
      forcedBytes = Math.min(forcedBytes, newSizeBytes);
      try {
        channel.truncate(newSizeBytes);
      } catch (IOException e) {
        throw DiskFailures.of(path, "cut it to " + newSizeBytes + " bytes", e);
      }
      sizeBytes = newSizeBytes;
      syncAskedBytes = Math.min(syncAskedBytes, newSizeBytes);
      copiedFromBytes = Math.min(copiedFromBytes, newSizeBytes + FAR_BYTES);
    }
  }

  @Override
  public void sync(SyncCompletion completion) {
    requireWritable();
    syncAsked(sizeBytes);
    synchronized (lock) {
      invariant(asked.size() < disk.options().syncsMax(), "too many syncs are under way");
      asked.add(completion);
      if (syncing) {
        return;
      }
      syncing = true;
    }
    disk.syncer().execute(this::syncAsked);
  }

  private void syncAsked(long endBytes) {
    boolean far = endBytes - syncAskedBytes >= FAR_BYTES;
    copiedFromBytes = far ? endBytes : endBytes + FAR_BYTES;
    syncAskedBytes = endBytes;
  }

  /// One sync for all that were asked for so far. On the sync thread.
  private void syncAsked() {
    List<SyncCompletion> covered;
    synchronized (lock) {
      covered = asked;
      asked = new ArrayList<>();
    }
    DiskException failure = force();
    boolean again;
    boolean close;
    synchronized (lock) {
      again = !asked.isEmpty() && !closed;
      close = closed;
      syncing = again;
    }
    if (close) {
      closeChannels();
      return;
    }
    disk.complete(() -> complete(covered, failure));
    if (again) {
      disk.syncer().execute(this::syncAsked);
    }
  }

  private void complete(List<SyncCompletion> covered, @Nullable DiskException failure) {
    for (SyncCompletion completion : covered) {
      if (!closed && !disk.isEnding()) {
        completion.completed(failure);
      }
    }
  }

  @Override
  public void syncNow() {
    requireWritable();
    syncAsked(sizeBytes);
    DiskException failure = callers == null ? force() : forceHere(callers);
    if (failure != null) {
      throw failure;
    }
  }

  /// One at a time: the system tells of lost bytes once, and the other thread's sync would succeed
  /// before this one has remembered that it failed.
  private @Nullable DiskException force() {
    synchronized (forcing) {
      Runnable zerosDurable = room.syncing();
      DiskException failure = disk.syncer().force(path, syncs.channel());
      if (failure == null) {
        zerosDurable.run();
      }
      return failure;
    }
  }

  /// The part that was appended since the last time, if that is in reserved room; or the whole
  /// file.
  private @Nullable DiskException forceHere(FileDescriptor file) {
    synchronized (forcing) {
      long end = sizeBytes;
      MemorySegment part = room.range(forcedBytes, end);
      Runnable zerosDurable = room.syncing();
      DiskException failure =
          part == null ? disk.syncer().forceHere(path, file) : disk.syncer().forceHere(path, part);
      if (failure == null) {
        forcedBytes = end;
        if (part == null) {
          zerosDurable.run();
        }
      }
      return failure;
    }
  }

  /// Closes the handle, or lets the sync thread do it if it is using it.
  @Override
  public void close() {
    boolean idle;
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      idle = !syncing;
    }
    disk.forget(this);
    mapping.close();
    room.giveBack(sizeBytes);
    if (idle) {
      closeChannels();
    }
  }

  private void closeChannels() {
    channel.close();
    syncs.close();
  }

  private void requireWritable() {
    requireOpen();
    require(writable, "%s was opened for reading", path);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(path + " is closed");
    }
  }
}
