package dev.nucleusdb.bitcask.recovery;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.bitcask.format.FileNames;
import dev.nucleusdb.bitcask.index.Keydir;
import dev.nucleusdb.bitcask.index.image.BadImageException;
import dev.nucleusdb.bitcask.index.image.IndexSource;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.Disk.OpenMode;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The index as it was at a good end, so that the next open reads it as it is and scans only what
/// was written since. Never needed: one that is damaged, or of another state of the store, is
/// ignored. Never synced, for the same reason.
public final class Checkpoint {

  /// Reads an index that was saved.
  ///
  /// @param <K> the kind of index
  @FunctionalInterface
  public interface Loader<K extends Keydir> {
    /// @throws BadImageException if it is damaged or another
    K load(IndexSource source, long binding) throws BadImageException;
  }

  private final Disk disk;
  private final String path;
  private final CheckpointHeader header;
  private final int headerBytes;

  private Checkpoint(Disk disk, String path, CheckpointHeader header, int headerBytes) {
    this.disk = disk;
    this.path = path;
    this.header = header;
    this.headerBytes = headerBytes;
  }

  /// Saves the index of a store, all of which is durable.
  public static void save(
      Disk disk, SegmentFolder folder, Keydir keydir, long nextSequence, long appliedIndex) {
    String path = folder.directory() + "/" + FileNames.INDEX;
    List<CheckpointHeader.DataFile> files = new ArrayList<>();
    for (Segment segment : folder.inForce()) {
      files.add(
          new CheckpointHeader.DataFile(segment.fileId(), segment.number(), segment.liveBytes()));
    }
    Segment active = folder.active();
    CheckpointHeader header =
        new CheckpointHeader(
            folder.storeId(),
            folder.generation(),
            active.file().sizeBytes(),
            nextSequence,
            appliedIndex,
            active.footer(),
            files);
    try {
      if (disk.exists(path)) {
        disk.delete(path);
      }
      try (DiskFile file = disk.open(path, OpenMode.CREATE)) {
        file.append(ByteBuffer.wrap(header.encode()));
        keydir.save(file::append, header.binding());
      }
    } catch (DiskException unsaved) {
      sometimes("bitcask cannot save its index", true);
    }
  }

  /// What was saved in a folder; null if there is nothing that is whole.
  public static @Nullable Checkpoint find(Disk disk, String directory) {
    String path = directory + "/" + FileNames.INDEX;
    if (!disk.exists(path)) {
      return null;
    }
    try (DiskFile file = disk.open(path, OpenMode.READ)) {
      byte[] begin = new byte[(int) Math.min(4096, file.sizeBytes())];
      file.read(0, ByteBuffer.wrap(begin));
      int sizeBytes = CheckpointHeader.sizeBytes(begin);
      if (sizeBytes == 0 || sizeBytes > file.sizeBytes()) {
        return null;
      }
      byte[] bytes = new byte[sizeBytes];
      file.read(0, ByteBuffer.wrap(bytes));
      CheckpointHeader header = CheckpointHeader.decode(bytes);
      return header == null ? null : new Checkpoint(disk, path, header, sizeBytes);
    } catch (DiskException unreadable) {
      return null;
    }
  }

  /// What its places call the data files, by id.
  public Map<Long, Integer> numbers() {
    Map<Long, Integer> numbers = new TreeMap<>();
    header.files().forEach(file -> numbers.put(file.fileId(), file.number()));
    return numbers;
  }

  /// Whether it is of this store, and nothing but the end of the active file has changed since.
  public boolean fits(SegmentFolder folder) {
    return header.storeId().equals(folder.storeId())
        && header.generation() == folder.generation()
        && header.files().size() == folder.inForce().size()
        && header.activeBytes() <= folder.active().file().sizeBytes();
  }

  /// Reads the index.
  ///
  /// @return null if it is damaged
  public <K extends Keydir> @Nullable K load(Loader<K> loader) {
    try (DiskFile file = disk.open(path, OpenMode.READ)) {
      return loader.load((offset, into) -> file.read(headerBytes + offset, into), header.binding());
    } catch (BadImageException | DiskException unusable) {
      sometimes("bitcask finds its saved index damaged", true);
      return null;
    }
  }

  /// One line of what it belongs to.
  public String describe() {
    return "index of store "
        + header.storeId()
        + ", generation "
        + header.generation()
        + ", up to log index "
        + header.appliedIndex()
        + ", "
        + header.files().size()
        + " data files";
  }

  CheckpointHeader header() {
    return header;
  }
}
