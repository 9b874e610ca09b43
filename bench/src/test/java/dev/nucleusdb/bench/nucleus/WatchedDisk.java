package dev.nucleusdb.bench.nucleus;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A disk that notes which marked entries a completed sync covers.
final class WatchedDisk implements Disk {
  /// The first eight bytes of a marked entry; its number follows.
  static final long MARK = 0x6d61726b6d61726bL;

  private final Disk disk;
  private final boolean lying;
  private final Set<Long> durable = ConcurrentHashMap.newKeySet();

  /// @param lying whether it reports syncs that it has not made
  WatchedDisk(Disk disk, boolean lying) {
    this.disk = disk;
    this.lying = lying;
  }

  /// Whether the marked entry of that number is durable here.
  boolean holds(long number) {
    return durable.contains(number);
  }

  @Override
  public DiskFile open(String path, OpenMode mode) {
    return new WatchedFile(disk.open(path, mode));
  }

  @Override
  public boolean exists(String path) {
    return disk.exists(path);
  }

  @Override
  public List<String> list(String directory) {
    return disk.list(directory);
  }

  @Override
  public void createDirectory(String directory) {
    disk.createDirectory(directory);
  }

  @Override
  public void rename(String from, String to) {
    disk.rename(from, to);
  }

  @Override
  public void delete(String path) {
    disk.delete(path);
  }

  @Override
  public void syncDirectory(String directory) {
    disk.syncDirectory(directory);
  }

  private final class WatchedFile implements DiskFile {
    private final DiskFile file;
    private List<Long> unsynced = new ArrayList<>();

    WatchedFile(DiskFile file) {
      this.file = file;
    }

    @Override
    public String path() {
      return file.path();
    }

    @Override
    public long sizeBytes() {
      return file.sizeBytes();
    }

    @Override
    public long append(ByteBuffer bytes) {
      ByteBuffer seen = bytes.slice();
      for (int i = 0; i + 16 <= seen.limit(); i++) {
        if (seen.getLong(i) == MARK) {
          unsynced.add(seen.getLong(i + 8));
        }
      }
      return file.append(bytes);
    }

    @Override
    public int read(long offset, ByteBuffer into) {
      return file.read(offset, into);
    }

    @Override
    public void truncate(long sizeBytes) {
      file.truncate(sizeBytes);
    }

    @Override
    public void sync(SyncCompletion completion) {
      List<Long> covered = unsynced;
      unsynced = new ArrayList<>();
      file.sync(failure -> {
        if (failure == null && !lying) {
          durable.addAll(covered);
        }
        completion.completed(failure);
      });
    }

    @Override
    public void syncNow() {
      file.syncNow();
      durable.addAll(unsynced);
      unsynced.clear();
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
