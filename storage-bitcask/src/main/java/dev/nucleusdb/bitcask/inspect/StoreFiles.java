package dev.nucleusdb.bitcask.inspect;

import dev.nucleusdb.bitcask.cipher.Fingerprint;
import dev.nucleusdb.bitcask.cipher.StoreKey;
import dev.nucleusdb.bitcask.format.FileHeader;
import dev.nucleusdb.bitcask.format.FileNames;
import dev.nucleusdb.bitcask.format.Manifest;
import dev.nucleusdb.bitcask.format.StoreId;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.Disk.OpenMode;
import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of a store as they lie there, without opening it.
///
/// @param names all names in the folder, sorted
/// @param manifest the newest whole copy of the manifest; null if no copy is whole
/// @param findings what is wrong with the copies
record StoreFiles(List<String> names, @Nullable Manifest manifest, List<Finding> findings) {
  /// Of a key that is not known.
  private static final Fingerprint OTHER = new Fingerprint(-1, -1);

  private static final List<String> MANIFESTS = List.of("manifest", "manifest.twin");

  static StoreFiles of(Disk disk, String directory) {
    List<String> names = disk.list(directory);
    List<Finding> findings = new ArrayList<>();
    Manifest newest = null;
    for (String name : MANIFESTS) {
      Manifest copy = names.contains(name) ? copy(disk, directory, name, findings) : null;
      if (!names.contains(name)) {
        findings.add(
            new Finding(
                Finding.Severity.HARMLESS, name, 0, "this copy of the manifest is missing"));
      }
      if (copy != null && (newest == null || copy.generation() > newest.generation())) {
        newest = copy;
      }
    }
    return new StoreFiles(names, newest, findings);
  }

  private static @Nullable Manifest copy(
      Disk disk, String directory, String name, List<Finding> findings) {
    try {
      return Manifest.decode(name, bytes(disk, directory, name));
    } catch (CorruptionException damage) {
      findings.add(
          new Finding(
              Finding.Severity.HARMLESS,
              name,
              damage.offset(),
              "this copy of the manifest is bad"));
      return null;
    }
  }

  /// All bytes of a file.
  static byte[] bytes(Disk disk, String directory, String name) {
    try (DiskFile file = disk.open(directory + "/" + name, OpenMode.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.sizeBytes()));
      file.read(0, bytes);
      return bytes.array();
    }
  }

  /// The ids of all data files in the folder, ascending.
  List<Long> dataFileIds() {
    return names.stream().map(FileNames::dataFileId).filter(id -> id > 0).sorted().toList();
  }

  /// The id of the store: from the manifest, or from the first head of a data file that is whole.
  ///
  /// @throws CorruptionException if nothing tells it
  StoreId storeId(Disk disk, String directory) {
    if (manifest != null) {
      return manifest.storeId();
    }
    for (long fileId : dataFileIds()) {
      StoreId found = FileHeader.storeId(headOf(disk, directory, fileId));
      if (found != null) {
        return found;
      }
    }
    throw new CorruptionException(directory, 0, "no manifest and no head of a data file is whole");
  }

  /// What tells the key of the store: from the manifest, or, of a data file whose head is whole, as
  /// much as it tells.
  ///
  /// @param key that is to be used; null for none
  Fingerprint fingerprint(Disk disk, String directory, @Nullable StoreKey key) {
    if (manifest != null) {
      return manifest.key();
    }
    for (long fileId : dataFileIds()) {
      byte[] head = headOf(disk, directory, fileId);
      StoreId storeId = FileHeader.storeId(head);
      if (storeId != null && FileHeader.isEncrypted(head)) {
        Fingerprint own = key == null ? Fingerprint.NONE : FileKeys.of(storeId, key).fingerprint();
        return FileHeader.mayBeOf(head, own) ? own : OTHER;
      }
    }
    return Fingerprint.NONE;
  }

  private static byte[] headOf(Disk disk, String directory, long fileId) {
    try (DiskFile file = disk.open(directory + "/" + FileNames.data(fileId), OpenMode.READ)) {
      ByteBuffer head = ByteBuffer.allocate(FileHeader.BYTES);
      file.read(0, head);
      return head.array();
    }
  }
}
