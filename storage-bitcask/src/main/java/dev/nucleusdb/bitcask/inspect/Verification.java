package dev.nucleusdb.bitcask.inspect;

import dev.nucleusdb.bitcask.cipher.Encryption;
import dev.nucleusdb.bitcask.cipher.StoreCipher;
import dev.nucleusdb.bitcask.cipher.StoreKey;
import dev.nucleusdb.bitcask.format.FileNames;
import dev.nucleusdb.bitcask.format.Footer;
import dev.nucleusdb.bitcask.format.FrameCheck;
import dev.nucleusdb.bitcask.format.Manifest;
import dev.nucleusdb.bitcask.format.StoreId;
import dev.nucleusdb.bitcask.hint.HintFile;
import dev.nucleusdb.bitcask.index.OrderedTree;
import dev.nucleusdb.bitcask.inspect.Finding.Severity;
import dev.nucleusdb.bitcask.recovery.Checkpoint;
import dev.nucleusdb.bitcask.segment.HintFolder;
import dev.nucleusdb.bitcask.segment.Scanned;
import dev.nucleusdb.bitcask.segment.SegmentScanner;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.Disk.OpenMode;
import dev.nucleusdb.core.disk.DiskFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads every byte of a store that is not in use and says what is wrong with it. Changes nothing.
public final class Verification {
  private final Disk disk;
  private final String directory;
  private final StoreFiles files;
  private final @Nullable StoreKey key;
  private @Nullable StoreCipher keys;
  private final List<Finding> findings;
  private long frames;
  private long records;
  private long bytes;

  /// What a verification found.
  ///
  /// @param findings what is not as it should be, file by file
  /// @param files data files that were read
  /// @param frames frames that are whole
  /// @param records records in them
  /// @param bytes read of data files
  public record Result(List<Finding> findings, int files, long frames, long records, long bytes) {

    /// Whether something is lost.
    public boolean hasDamage() {
      return findings.stream().anyMatch(finding -> finding.severity() == Severity.DAMAGE);
    }
  }

  private Verification(Disk disk, String directory, @Nullable StoreKey key) {
    this.key = key;
    this.disk = disk;
    this.directory = directory;
    this.files = StoreFiles.of(disk, directory);
    this.findings = new ArrayList<>(files.findings());
  }

  /// Verifies the store in a folder.
  public static Result of(Disk disk, String directory) {
    return of(disk, directory, null);
  }

  /// As above, for a store that may be encrypted. Without its key the checksums are verified, which
  /// show damage; with it, that nothing was altered by somebody who does not have it, too.
  ///
  /// @param key null to do without
  /// @throws dev.nucleusdb.bitcask.cipher.WrongKeyException if it is another store's key
  public static Result of(Disk disk, String directory, @Nullable StoreKey key) {
    Verification verification = new Verification(disk, directory, key);
    int count = verification.run();
    return new Result(
        verification.findings,
        count,
        verification.frames,
        verification.records,
        verification.bytes);
  }

  private int run() {
    Manifest manifest = files.manifest();
    if (manifest == null) {
      String detail =
          files.names().isEmpty() ? "there is no store here" : "no copy of the manifest is whole";
      findings.add(new Finding(Severity.DAMAGE, "manifest", 0, detail));
      return 0;
    }
    StoreId id = manifest.storeId();
    if (key != null) {
      keys = Encryption.with(key).of(directory, id.high(), id.low(), manifest.key(), null);
    }
    for (Manifest.Sealed sealed : manifest.sealed()) {
      sealed(manifest, sealed);
    }
    active(manifest);
    savedIndex();
    leftovers(manifest);
    return manifest.sealed().size() + 1;
  }

  private void sealed(Manifest manifest, Manifest.Sealed sealed) {
    String name = FileNames.data(sealed.fileId());
    if (!files.names().contains(name)) {
      damage(name, 0, "the manifest names this file, but it is missing");
      return;
    }
    try (DiskFile file = disk.open(directory + "/" + name, OpenMode.READ)) {
      if (file.sizeBytes() != sealed.sizeBytes()) {
        damage(
            name,
            Math.min(file.sizeBytes(), sealed.sizeBytes()),
            "the file has " + file.sizeBytes() + " bytes, not " + sealed.sizeBytes());
      }
      Footer footer = frames(file, name, manifest, sealed.fileId(), true);
      if (footer == null) {
        findings.add(
            new Finding(Severity.HARMLESS, name, file.sizeBytes(), "its seal cannot be read"));
      } else if (footer.contentChecksum() != sealed.contentChecksum()) {
        damage(name, 0, "it holds another content than the manifest says");
      } else {
        hint(manifest, sealed, footer);
      }
    }
  }

  private void active(Manifest manifest) {
    String name = FileNames.data(manifest.activeFileId());
    if (!files.names().contains(name)) {
      damage(name, 0, "the manifest names this file, but it is missing");
      return;
    }
    try (DiskFile file = disk.open(directory + "/" + name, OpenMode.READ)) {
      frames(file, name, manifest, manifest.activeFileId(), false);
    }
  }

  /// Reads all frames of a file, passing over what is damaged.
  ///
  /// @return what its seal says; null if there is none
  private @Nullable Footer frames(
      DiskFile file, String name, Manifest manifest, long fileId, boolean isSealed) {
    bytes += file.sizeBytes();
    SegmentScanner scanner =
        keys == null
            ? new SegmentScanner(file, manifest.storeId(), fileId, FrameCheck.EQUAL)
            : new SegmentScanner(
                file, manifest.storeId(), fileId, FrameCheck.EQUAL, keys.of(fileId));
    try {
      scanner.verifyFileHeader();
    } catch (CorruptionException bad) {
      damage(name, bad.offset(), detailOf(bad));
    }
    long watermark = 0;
    List<Scanned.Damage> open = new ArrayList<>();
    Footer footer = null;
    while (true) {
      switch (next(scanner, name)) {
        case Scanned.Frame frame -> {
          frames++;
          records += frame.entries().size();
          watermark = Math.max(watermark, frame.header().watermark());
        }
        case Scanned.Seal seal -> footer = seal.footer();
        case Scanned.Damage bad -> {
          if (bad.offset() < Long.MAX_VALUE) {
            open.add(bad);
          }
          scanner.skipDamage();
        }
        case Scanned.End _ -> {
          judge(name, open, isSealed ? Long.MAX_VALUE : watermark);
          return footer;
        }
      }
    }
  }

  /// Where a frame is whole and its records are not as they should be, no crash has torn it.
  private Scanned next(SegmentScanner scanner, String name) {
    try {
      return scanner.next();
    } catch (CorruptionException bad) {
      damage(name, bad.offset(), detailOf(bad));
      return new Scanned.Damage(Long.MAX_VALUE, "");
    }
  }

  private void judge(String name, List<Scanned.Damage> found, long durableBytes) {
    for (Scanned.Damage bad : found) {
      if (bad.offset() < durableBytes) {
        damage(name, bad.offset(), bad.detail());
      } else {
        findings.add(
            new Finding(
                Severity.HARMLESS,
                name,
                bad.offset(),
                "a torn end, which the next open cuts off: " + bad.detail()));
        return;
      }
    }
  }

  private void hint(Manifest manifest, Manifest.Sealed sealed, Footer footer) {
    String name = FileNames.hint(sealed.fileId());
    if (!files.names().contains(name) || (manifest.key().isPresent() && keys == null)) {
      return;
    }
    try (DiskFile file = disk.open(directory + "/" + name, OpenMode.READ)) {
      DiskFile readable = HintFolder.readable(file, keys == null ? null : keys.of(sealed.fileId()));
      if (readable == null
          || HintFile.read(
                  readable, manifest.storeId(), sealed.fileId(), sealed.sizeBytes(), footer)
              == null) {
        findings.add(
            new Finding(Severity.HARMLESS, name, 0, "a hint that is bad, and will be ignored"));
      }
    }
  }

  private void savedIndex() {
    if (!files.names().contains(FileNames.INDEX)) {
      return;
    }
    Checkpoint saved = Checkpoint.find(disk, directory);
    if (saved == null || saved.load(OrderedTree::load) == null) {
      findings.add(
          new Finding(
              Severity.HARMLESS,
              FileNames.INDEX,
              0,
              "a saved index that is bad, and will be ignored"));
    }
  }

  private void leftovers(Manifest manifest) {
    for (String name : files.names()) {
      long fileId = Math.max(FileNames.dataFileId(name), FileNames.hintFileId(name));
      if (fileId > 0 && !manifest.names(fileId)) {
        findings.add(
            new Finding(Severity.HARMLESS, name, 0, "left over, and removed at the next open"));
      }
    }
  }

  private void damage(String name, long offset, String detail) {
    findings.add(new Finding(Severity.DAMAGE, name, offset, detail));
  }

  private static String detailOf(CorruptionException damage) {
    String message = String.valueOf(damage.getMessage());
    int colon = message.indexOf(": ");
    return colon < 0 ? message : message.substring(colon + 2);
  }
}
