package dev.nucleusdb.bitcask.segment;

import dev.nucleusdb.bitcask.cipher.FileCipher;
import dev.nucleusdb.bitcask.format.FileNames;
import dev.nucleusdb.bitcask.format.Footer;
import dev.nucleusdb.bitcask.format.StoreId;
import dev.nucleusdb.bitcask.hint.HintFile;
import dev.nucleusdb.bitcask.hint.HintStream;
import dev.nucleusdb.bitcask.hint.Hinted;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.Disk.OpenMode;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The hints beside the data files. None of them is needed for anything but time.
public final class HintFolder {
  private final Disk disk;
  private final String directory;

  HintFolder(Disk disk, String directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /// What the hint of a sealed file tells; null if there is none that is whole and belongs to it.
  ///
  /// @param storeId of the store
  /// @param footer of the data file
  public @Nullable List<Hinted> read(Segment segment, StoreId storeId, Footer footer) {
    if (!has(segment)) {
      return null;
    }
    try (DiskFile file = disk.open(path(segment), OpenMode.READ)) {
      DiskFile readable = readable(file, segment.cipher());
      return readable == null
          ? null
          : HintFile.read(readable, storeId, segment.fileId(), segment.file().sizeBytes(), footer);
    } catch (DiskException unreadable) {
      return null;
    }
  }

  /// The hint of a sealed file, to be read record by record; null if there is none that is whole
  /// and belongs to it. One of an encrypted store stands in memory until it is closed.
  ///
  /// @param storeId of the store
  /// @param footer of the data file
  public @Nullable HintStream stream(Segment segment, StoreId storeId, Footer footer) {
    if (!has(segment)) {
      return null;
    }
    DiskFile file = null;
    HintStream stream = null;
    try {
      file = disk.open(path(segment), OpenMode.READ);
      DiskFile readable = readable(file, segment.cipher());
      stream =
          readable == null
              ? null
              : HintStream.open(
                  readable, storeId, segment.fileId(), segment.file().sizeBytes(), footer);
    } catch (DiskException unreadable) {
      stream = null;
    } finally {
      if (file != null && (stream == null || segment.cipher() != null)) {
        file.close();
      }
    }
    return stream;
  }

  /// A hint in the clear; null if it was not sealed with this key.
  ///
  /// @param cipher of its data file; null if the store is not encrypted
  public static @Nullable DiskFile readable(DiskFile file, @Nullable FileCipher cipher) {
    return cipher == null ? file : SealedHint.open(cipher, file);
  }

  /// A piece of a hint as it is to be appended.
  ///
  /// @param number 0 for the first
  public byte[] written(Segment segment, int number, byte[] piece) {
    FileCipher cipher = segment.cipher();
    return cipher == null ? piece : SealedHint.seal(cipher, number, piece);
  }

  /// The number of a record that cannot be read, from the hint of its file.
  ///
  /// @throws CorruptionException the given one, if the hint does not know
  public long sequenceAt(
      Segment segment, StoreId storeId, long offset, CorruptionException damage) {
    List<Hinted> hints = read(segment, storeId, segment.footer());
    if (hints != null) {
      for (Hinted hinted : hints) {
        if (hinted.offset() == offset) {
          return hinted.sequence();
        }
      }
    }
    throw damage;
  }

  /// A new, empty file for the hint of a sealed file; one that was there is removed.
  public DiskFile create(Segment segment) {
    delete(segment);
    return disk.open(path(segment), OpenMode.CREATE);
  }

  /// Removes the hint of a file, if there is one.
  public void delete(Segment segment) {
    if (has(segment)) {
      disk.delete(path(segment));
    }
  }

  /// Whether a file has a hint, whole or not.
  public boolean has(Segment segment) {
    return disk.exists(path(segment));
  }

  private String path(Segment segment) {
    return directory + "/" + FileNames.hint(segment.fileId());
  }
}
