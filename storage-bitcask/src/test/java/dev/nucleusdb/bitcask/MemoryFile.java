package dev.nucleusdb.bitcask;

import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.random.RandomSource;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A file of a [MemoryDisk].
final class MemoryFile implements DiskFile {
  private final MemoryDisk disk;
  private final String path;
  private final Content content;
  private final boolean readOnly;
  private final int incarnation;
  private boolean closed;

  MemoryFile(MemoryDisk disk, String path, Content content, boolean readOnly, int incarnation) {
    this.disk = disk;
    this.path = path;
    this.content = content;
    this.readOnly = readOnly;
    this.incarnation = incarnation;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public long sizeBytes() {
    return content.length;
  }

  @Override
  public long append(ByteBuffer bytes) {
    usable();
    if (readOnly) {
      throw new IllegalStateException(path + " is open for reading");
    }
    long offset = content.length;
    try {
      disk.check("append", path);
    } catch (DiskException failure) {
      content.append(MemoryDisk.slice(bytes, disk.partialBytes));
      throw failure;
    }
    content.append(bytes);
    return offset;
  }

  @Override
  public int read(long offset, ByteBuffer into) {
    usable();
    disk.check("read", path);
    int count = (int) Math.max(0, Math.min(into.remaining(), content.length - offset));
    if (count > 0) {
      into.put(content.bytes, (int) offset, count);
    }
    return count;
  }

  @Override
  public void willRead(long offset, int sizeBytes) {
    usable();
    disk.hints.add(path + " " + offset + " " + sizeBytes);
  }

  @Override
  public void truncate(long sizeBytes) {
    usable();
    disk.check("truncate", path);
    if (sizeBytes > content.length) {
      throw new IllegalArgumentException(path + " is shorter");
    }
    content.length = (int) sizeBytes;
  }

  @Override
  public void sync(SyncCompletion completion) {
    usable();
    Content.Snapshot asked = content.snapshot();
    disk.whenSynced(() -> {
      if (closed) {
        return;
      }
      DiskException failure = null;
      try {
        disk.check("sync", path);
        content.madeDurable(asked);
      } catch (DiskException thrown) {
        failure = thrown;
      }
      completion.completed(failure);
    });
  }

  @Override
  public void syncNow() {
    usable();
    disk.check("syncNow", path);
    content.madeDurable(content.snapshot());
  }

  @Override
  public void close() {
    if (!closed && disk.isCurrent(incarnation)) {
      disk.handleClosed();
    }
    closed = true;
  }

  private void usable() {
    if (closed || !disk.isCurrent(incarnation)) {
      throw new IllegalStateException(path + " is used after it was closed");
    }
  }

  /// The bytes of a file, whatever its name: as they are read, and as they are durable.
  static final class Content {
    private byte[] bytes = new byte[256];
    private int length;
    private byte[] durable = new byte[0];
    private long snapshotCount;
    private long durableNumber;

    byte[] bytes() {
      return Arrays.copyOf(bytes, length);
    }

    void overwrite(byte[] replacement) {
      bytes = replacement.clone();
      length = bytes.length;
      durable = bytes.clone();
    }

    Content durableCopy() {
      Content copy = new Content();
      copy.overwrite(durable);
      return copy;
    }

    void append(ByteBuffer more) {
      int count = more.remaining();
      if (length + count > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
      }
      more.get(bytes, length, count);
      length += count;
    }

    /// What a sync that is asked for now will cover.
    Snapshot snapshot() {
      return new Snapshot(++snapshotCount, bytes());
    }

    /// A sync has completed; one that was asked for earlier takes nothing back.
    void madeDurable(Snapshot snapshot) {
      if (snapshot.number() > durableNumber) {
        durableNumber = snapshot.number();
        durable = snapshot.bytes();
      }
    }

    /// Keeps, loses, zeroes or tears each page that is not durable; brings cut bytes back or not.
    void crash(@Nullable RandomSource random, int pageBytes) {
      byte[] after = random == null ? durable.clone() : survivor(random, pageBytes);
      bytes = after.clone();
      length = after.length;
      durable = after;
      durableNumber = snapshotCount;
    }

    private byte[] survivor(RandomSource random, int pageBytes) {
      byte[] cached = bytes();
      int mismatch = Arrays.mismatch(cached, durable);
      int from = mismatch < 0 ? cached.length : mismatch;
      byte[] after = Arrays.copyOf(durable, lengthAfter(random, from));
      double keep = random.nextInt(3) / 2.0;
      int end = Math.min(after.length, cached.length);
      for (int page = from; page < end; page += pageBytes) {
        int pageEnd = Math.min(page + pageBytes, end);
        int kept = random.chance(keep) ? pageEnd - page : random.nextInt(pageEnd - page);
        if (random.chance(0.7) || kept == pageEnd - page) {
          System.arraycopy(cached, page, after, page, kept);
        }
      }
      return after;
    }

    private int lengthAfter(RandomSource random, int from) {
      return switch (random.nextInt(3)) {
        case 0 -> length;
        case 1 -> durable.length;
        default -> (int) random.nextBetween(from, Math.max(length, durable.length));
      };
    }

    record Snapshot(long number, byte[] bytes) {}
  }
}
