package dev.nucleusdb.core.system;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Zeros behind the end of a file, written so that appends find length and blocks there already.
/// (To let the file system set blocks aside is not enough: it notes at each sync which of them hold
/// data.) They are mapped, for two ends: a thread that may be interrupted makes what was put into
/// them durable without the file's times, as `fdatasync` does; and appends between syncs that are
/// far apart copy into them, without a system call. (Where syncs are close, each of them protects
/// the mapping anew, and a call is cheaper.)
///
/// Changed by whoever writes the file; [#range] may be asked by any thread.
final class ReservedRoom {
  /// Elsewhere `msync` may leave bytes in the device's cache.
  private static final boolean MSYNC_IS_FDATASYNC = System.getProperty("os.name").equals("Linux");

  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(256 * 1024).asReadOnlyBuffer();

  private final SteadyChannel channel;
  private final boolean isForced;

  /// Where the zeros end; 0 if there are none.
  private long endBytes;

  private volatile @Nullable Piece piece;

  /// What was reserved last.
  private static final class Piece {
    final long fromBytes;
    final MemorySegment bytes;
    final ByteBuffer buffer;

    /// Whether the zeros themselves are durable: until then a sync of a part of them would leave
    /// the length of the file to be written.
    volatile boolean isDurable;

    Piece(long fromBytes, MemorySegment bytes) {
      this.fromBytes = fromBytes;
      this.bytes = bytes;
      this.buffer = bytes.asByteBuffer();
    }
  }

  /// @param isForced whether threads that may be interrupted make the file durable
  ReservedRoom(SteadyChannel channel, boolean isForced) {
    this.channel = channel;
    this.isForced = isForced && MSYNC_IS_FDATASYNC;
  }

  /// @param sizeBytes where the file ends
  /// @return how much is there now behind that; 0 if it could not be made
  long reserve(long sizeBytes, long bytes) {
    long from = Math.max(sizeBytes, endBytes);
    long end = sizeBytes + bytes;
    try {
      for (long at = from; at < end; ) {
        ByteBuffer zeros = ZEROS.duplicate();
        zeros.limit((int) Math.min(zeros.capacity(), end - at));
        at += channel.write(zeros, at);
      }
      endBytes = end;
      piece = new Piece(sizeBytes, channel.mapWritable(sizeBytes, bytes, Arena.ofAuto()));
      return bytes;
    } catch (IOException noRoom) {
      endBytes = Math.max(endBytes, sizeBytes + 1);
      giveBack(sizeBytes);
      return 0;
    }
  }

  /// Copies bytes into the room.
  ///
  /// @param offset where the file ends
  /// @return false, with nothing copied, if they do not all fit into what was reserved last
  /// @throws InternalError if the device could not give a page, as the JDK puts it
  boolean put(long offset, ByteBuffer bytes) {
    Piece current = piece;
    int sizeBytes = bytes.remaining();
    if (current == null || offset + sizeBytes > current.fromBytes + current.buffer.capacity()) {
      return false;
    }
    int at = (int) (offset - current.fromBytes);
    current.buffer.put(at, bytes, bytes.position(), sizeBytes);
    bytes.position(bytes.limit());
    return true;
  }

  /// The bytes from one offset to another as a mapping whose sync is enough to make them durable;
  /// null if the whole file has to be synced.
  @Nullable MemorySegment range(long fromBytes, long toBytes) {
    Piece current = piece;
    if (!isForced || current == null || !current.isDurable || fromBytes < current.fromBytes) {
      return null;
    }
    long start = fromBytes - current.fromBytes;
    long length = toBytes - fromBytes;
    return start + length > current.bytes.byteSize() ? null : current.bytes.asSlice(start, length);
  }

  /// To be taken before a sync of the whole file, and run when that has ended well.
  Runnable syncing() {
    Piece current = piece;
    return () -> {
      if (current != null) {
        current.isDurable = true;
      }
    };
  }

  /// The file was cut: nothing is behind its end.
  void cut() {
    endBytes = 0;
    piece = null;
  }

  /// Cuts the file to its own end, as well as that works: zeros behind it do no harm.
  void giveBack(long sizeBytes) {
    try {
      if (endBytes > sizeBytes) {
        channel.truncate(sizeBytes);
      }
    } catch (IOException zerosStay) {
      return;
    } finally {
      cut();
    }
  }
}
