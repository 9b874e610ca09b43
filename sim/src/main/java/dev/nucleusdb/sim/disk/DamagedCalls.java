package dev.nucleusdb.sim.disk;

import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskException.Kind;
import dev.nucleusdb.sim.fault.FaultFamily;
import java.nio.ByteBuffer;

/// Reads and appends of a disk that does not always do what it says.
final class DamagedCalls {
  private DamagedCalls() {}

  static long append(SimulatedDisk disk, String path, FileImage image, ByteBuffer bytes) {
    CallFaults calls = disk.trouble().calls();
    long ordinal = calls.nextAppend();
    int count = bytes.remaining();
    DiskCall.Failure failure = calls.failure(DiskCall.APPEND, path);
    if (failure != null) {
      image.append(bytes, failure.done() ? count : disk.trouble().partOf(count));
      throw failure.at(DiskCall.APPEND, path);
    }
    if (count == 0) {
      return image.append(bytes, 0);
    }
    if (calls.strike(FaultFamily.WRITE_ERROR, ordinal) != null) {
      image.append(bytes, disk.trouble().partOf(count));
      throw new DiskException(Kind.IO, path, "an append failed");
    }
    if (calls.strike(FaultFamily.LOST_WRITE, ordinal) != null) {
      return appendZeros(image, bytes, count);
    }
    if (calls.strike(FaultFamily.MISDIRECTED_WRITE, ordinal, () -> disk.image().settledBytes() > 0)
        != null) {
      byte[] strayed = new byte[count];
      bytes.get(bytes.position(), strayed);
      long at = disk.trouble().place(ordinal, disk.image().settledBytes());
      disk.image().misplace(at, strayed);
      return appendZeros(image, bytes, count);
    }
    return image.append(bytes, count);
  }

  private static long appendZeros(FileImage image, ByteBuffer bytes, int count) {
    bytes.position(bytes.limit());
    return image.append(ByteBuffer.allocate(count), count);
  }

  static int read(SimulatedDisk disk, String path, FileImage image, long offset, ByteBuffer into) {
    CallFaults calls = disk.trouble().calls();
    long ordinal = calls.nextRead();
    DiskCall.Failure failure = calls.failure(DiskCall.READ, path);
    if (failure != null) {
      throw failure.at(DiskCall.READ, path);
    }
    if (calls.strike(FaultFamily.READ_ERROR, ordinal) != null) {
      throw new DiskException(Kind.IO, path, "a read at offset " + offset + " failed");
    }
    int bad = image.badSector(offset, into.remaining());
    if (bad >= 0) {
      throw new DiskException(Kind.IO, path, "the sector at offset " + bad + " cannot be read");
    }
    int begin = into.position();
    int count = image.read(offset, into);
    int settled = (int) Math.clamp(image.settledBytes() - offset, 0L, (long) count);
    if (settled > 0) {
      damage(disk, image, into, begin, settled, ordinal);
    }
    return count;
  }

  /// Lets what was read differ from what is there, within its settled part.
  private static void damage(
      SimulatedDisk disk, FileImage image, ByteBuffer into, int begin, int settled, long ordinal) {
    CallFaults calls = disk.trouble().calls();
    if (calls.strike(FaultFamily.FLIPPED_READ, ordinal) != null) {
      long bit = disk.trouble().place(ordinal, 8L * settled);
      int at = begin + (int) (bit / 8);
      into.put(at, (byte) (into.get(at) ^ 1 << bit % 8));
    }
    if (calls.strike(FaultFamily.STALE_READ, ordinal) != null) {
      int from = (int) disk.trouble().place(ordinal, settled);
      int to = Math.min(settled, from + FileImage.SECTOR_BYTES);
      for (int i = from; i < to; i++) {
        into.put(begin + i, (byte) 0);
      }
    }
    if (calls.strike(FaultFamily.MISREAD, ordinal) != null) {
      int length = Math.min(settled, FileImage.SECTOR_BYTES);
      int at = begin + (int) disk.trouble().place(ordinal, settled - length + 1L);
      int source = (int) disk.trouble().place(-ordinal, image.settledBytes() - length + 1L);
      ByteBuffer elsewhere = ByteBuffer.allocate(length);
      image.read(source, elsewhere);
      into.put(at, elsewhere.array());
    }
  }
}
