package dev.nucleusdb.scenarios.example;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.fiber.Fibers;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/// What one server of the register keeps on its disk: every write that it has heard of, in order.
///
/// ```
///   file   = { record }
///   record = version (8) · client (8) · request (8) · value (8) · checksum (8)
/// ```
final class RegisterLog {
  private static final String PATH = "register";
  private static final int RECORD_BYTES = 40;
  private static final Write NOTHING = new Write(0, 0, 0, 0);

  private final Fibers fibers;
  private final DiskFile file;
  private final Map<Long, Long> lastRequests = new LinkedHashMap<>();
  private Write latest = NOTHING;

  /// A write, with its place in the order of all writes.
  ///
  /// @param version its place, from 1
  /// @param client who asked for it
  /// @param request the client's number for it, from 1
  /// @param value what was written
  record Write(long version, long client, long request, long value) {
    byte[] encode() {
      return ByteBuffer.allocate(RECORD_BYTES)
          .putLong(version)
          .putLong(client)
          .putLong(request)
          .putLong(value)
          .putLong(checksum())
          .array();
    }

    static Write decode(ByteBuffer bytes) {
      return new Write(bytes.getLong(0), bytes.getLong(8), bytes.getLong(16), bytes.getLong(24));
    }

    private long checksum() {
      return SplitMix.mix(version ^ SplitMix.mix(client ^ SplitMix.mix(request ^ value)) ^ 1);
    }
  }

  /// Opens the log and reads what the last incarnation left; a torn end is cut off.
  RegisterLog(Fibers fibers) {
    this.fibers = fibers;
    Disk disk = fibers.disk();
    boolean isThere = disk.exists(PATH);
    this.file = disk.open(PATH, isThere ? Disk.OpenMode.APPEND : Disk.OpenMode.CREATE);
    ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
    long offset = 0;
    while (file.read(offset, record.clear()) == RECORD_BYTES) {
      Write write = Write.decode(record);
      if (record.getLong(32) != write.checksum()) {
        break;
      }
      remember(write);
      offset += RECORD_BYTES;
    }
    file.truncate(offset);
    file.syncNow();
    disk.syncDirectory("");
  }

  /// The write with the highest version; version 0 if there was none.
  Write latest() {
    return latest;
  }

  /// Whether a client's request was written before: networks bring things twice.
  boolean has(long client, long request) {
    return request <= lastRequests.getOrDefault(client, 0L);
  }

  /// Adds a write and waits until it is durable.
  void append(Write write) {
    file.append(ByteBuffer.wrap(write.encode()));
    fibers.sync(file);
    remember(write);
  }

  /// Adds a write that will be durable some time.
  void appendWithoutWaiting(Write write) {
    file.append(ByteBuffer.wrap(write.encode()));
    remember(write);
    fibers.start("sync", () -> fibers.sync(file));
  }

  private void remember(Write write) {
    latest = write;
    lastRequests.merge(write.client(), write.request(), Long::max);
  }
}
