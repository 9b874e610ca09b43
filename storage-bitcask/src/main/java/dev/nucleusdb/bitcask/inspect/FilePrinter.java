package dev.nucleusdb.bitcask.inspect;

import dev.nucleusdb.bitcask.cipher.FileCipher;
import dev.nucleusdb.bitcask.cipher.StoreKey;
import dev.nucleusdb.bitcask.compression.Compression;
import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.FileHeader;
import dev.nucleusdb.bitcask.format.FileNames;
import dev.nucleusdb.bitcask.format.Footer;
import dev.nucleusdb.bitcask.format.FrameCheck;
import dev.nucleusdb.bitcask.format.FrameHeader;
import dev.nucleusdb.bitcask.format.FrameKind;
import dev.nucleusdb.bitcask.format.Manifest;
import dev.nucleusdb.bitcask.format.Reference;
import dev.nucleusdb.bitcask.format.StoreId;
import dev.nucleusdb.bitcask.hint.HintFile;
import dev.nucleusdb.bitcask.hint.Hinted;
import dev.nucleusdb.bitcask.index.OrderedTree;
import dev.nucleusdb.bitcask.large.KeySpace;
import dev.nucleusdb.bitcask.recovery.Checkpoint;
import dev.nucleusdb.bitcask.segment.HintFolder;
import dev.nucleusdb.bitcask.segment.Scanned;
import dev.nucleusdb.bitcask.segment.SegmentScanner;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.Disk.OpenMode;
import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Prints any file of a store, line by line, as far as it can be read.
public final class FilePrinter {
  private static final int SHOWN_BYTES_MAX = 48;

  private final Consumer<String> out;
  private final @Nullable StoreKey key;

  /// @param out takes one line at a time
  public FilePrinter(Consumer<String> out) {
    this(out, null);
  }

  /// As above, for a store that may be encrypted.
  ///
  /// @param key null to print what can be read without
  public FilePrinter(Consumer<String> out, @Nullable StoreKey key) {
    this.out = out;
    this.key = key;
  }

  /// Prints a file.
  ///
  /// @param directory its folder
  /// @param name its name there
  /// @return false if some of it could not be read
  /// @throws IllegalArgumentException if no file of a store has such a name
  public boolean print(Disk disk, String directory, String name) {
    if (name.startsWith("manifest")) {
      return manifest(name, StoreFiles.bytes(disk, directory, name));
    }
    if (name.equals(FileNames.INDEX)) {
      return savedIndex(disk, directory);
    }
    try (DiskFile file = disk.open(directory + "/" + name, OpenMode.READ)) {
      if (FileNames.dataFileId(name) > 0) {
        return data(file, FileNames.dataFileId(name));
      } else if (FileNames.hintFileId(name) > 0) {
        return hint(file, disk, directory, name);
      }
    }
    throw new IllegalArgumentException(
        name
            + " is no file of a store: those are manifest, index, data-….bitcask and hint-….bitcask");
  }

  private boolean savedIndex(Disk disk, String directory) {
    Checkpoint saved = Checkpoint.find(disk, directory);
    OrderedTree index = saved == null ? null : saved.load(OrderedTree::load);
    if (saved == null || index == null) {
      out.accept("a saved index that is damaged, and will be ignored");
      return false;
    }
    out.accept(saved.describe());
    out.accept(String.format(Locale.ROOT, "%d keys", index.size()));
    index.close();
    return true;
  }

  private boolean manifest(String name, byte[] bytes) {
    try {
      Manifest manifest = Manifest.decode(name, bytes);
      out.accept(
          String.format(
              Locale.ROOT,
              "manifest of store %s, generation %d",
              manifest.storeId(),
              manifest.generation()));
      if (manifest.key().isPresent()) {
        out.accept("encrypted, fingerprint of the key " + manifest.key());
      }
      out.accept(String.format(Locale.ROOT, "next file id %d", manifest.nextFileId()));
      for (Manifest.Sealed sealed : manifest.sealed()) {
        out.accept(
            String.format(
                Locale.ROOT,
                "sealed  file %d  %d bytes  content %016x",
                sealed.fileId(),
                sealed.sizeBytes(),
                sealed.contentChecksum()));
      }
      out.accept(
          String.format(
              Locale.ROOT,
              "active  file %d  from sequence %d, after log index %d",
              manifest.activeFileId(),
              manifest.baseSequence(),
              manifest.baseIndex()));
      return true;
    } catch (CorruptionException damage) {
      out.accept(String.format(Locale.ROOT, "damage  %s", damage.getMessage()));
      return false;
    }
  }

  private boolean data(DiskFile file, long fileId) {
    ByteBuffer head = ByteBuffer.allocate(FileHeader.BYTES);
    file.read(0, head);
    StoreId storeId = FileHeader.storeId(head.array());
    FileCipher cipher = FileKeys.of(file.path(), head.array(), fileId, key);
    out.accept(
        String.format(
            Locale.ROOT,
            "data file %d of store %s, %d bytes%s",
            fileId,
            storeId,
            file.sizeBytes(),
            FileHeader.isEncrypted(head.array()) ? ", encrypted" : ""));
    StoreId known = storeId == null ? new StoreId(0, 0) : storeId;
    SegmentScanner scanner =
        cipher == null
            ? new SegmentScanner(file, known, fileId, FrameCheck.EQUAL)
            : new SegmentScanner(file, known, fileId, FrameCheck.EQUAL, cipher);
    boolean whole = verifyHead(scanner);
    while (true) {
      switch (scanner.next()) {
        case Scanned.Frame frame -> frame(frame);
        case Scanned.Seal seal -> seal(seal);
        case Scanned.Damage damage -> {
          out.accept(
              String.format(Locale.ROOT, "%08x  damage: %s", damage.offset(), damage.detail()));
          whole = false;
          scanner.skipDamage();
        }
        case Scanned.End end -> {
          out.accept(String.format(Locale.ROOT, "%08x  end", end.offset()));
          return whole;
        }
      }
    }
  }

  private boolean verifyHead(SegmentScanner scanner) {
    try {
      scanner.verifyFileHeader();
      return true;
    } catch (CorruptionException damage) {
      out.accept(String.format(Locale.ROOT, "damage  %s", damage.getMessage()));
      return false;
    }
  }

  private void frame(Scanned.Frame frame) {
    FrameHeader header = frame.header();
    out.accept(
        String.format(
            Locale.ROOT,
            "%08x  %s  %d bytes, %d entries from sequence %d, log index %d, durable below %d",
            frame.offset(),
            header.kind() == FrameKind.MERGED ? "merged" : "batch",
            header.frameBytes(),
            header.entryCount(),
            header.sequence(),
            header.logIndex(),
            header.watermark()));
    for (Entry entry : frame.entries()) {
      out.accept(
          String.format(
              Locale.ROOT,
              "%08x    %d  %s  %s%s",
              entry.offset(),
              entry.sequence(),
              entry.isEncrypted() ? "encrypted" : keyText(entry.key()),
              value(entry),
              entry.expiry() == Entry.NEVER
                  ? ""
                  : "  expires " + java.time.Instant.ofEpochMilli(entry.expiry())));
    }
  }

  private static String value(Entry entry) {
    byte[] written = entry.storedValue().bytes();
    if (written == null) {
      return "deleted";
    } else if (entry.isEncrypted()) {
      return "(" + written.length + " bytes)";
    } else if (entry.isReference()) {
      Reference large = Reference.read(written, 0, written.length);
      return large == null
          ? "a large value's record that says not where it is"
          : String.format(
              Locale.ROOT,
              "large value %d, %d bytes in %d parts",
              large.id(),
              large.sizeBytes(),
              large.partCount());
    } else if (entry.isCompressed()) {
      return Compression.describe(written);
    }
    return text(written);
  }

  private void seal(Scanned.Seal seal) {
    Footer footer = seal.footer();
    out.accept(
        String.format(
            Locale.ROOT,
            "%08x  seal  %d entries of %d bytes, sequences %d to %d, content %016x",
            seal.offset(),
            footer.entryCount(),
            footer.entryBytes(),
            footer.lowestSequence(),
            footer.highestSequence(),
            footer.contentChecksum()));
  }

  private boolean hint(DiskFile file, Disk disk, String directory, String name) {
    long fileId = FileNames.hintFileId(name);
    String data = directory + "/" + FileNames.data(fileId);
    List<Hinted> hints = null;
    if (disk.exists(data)) {
      try (DiskFile described = disk.open(data, OpenMode.READ)) {
        ByteBuffer head = ByteBuffer.allocate(FileHeader.BYTES);
        described.read(0, head);
        StoreId storeId = FileHeader.storeId(head.array());
        FileCipher cipher = FileKeys.of(described.path(), head.array(), fileId, key);
        if (FileHeader.isEncrypted(head.array()) && cipher == null) {
          out.accept(
              "an encrypted hint of data file " + fileId + ", " + file.sizeBytes() + " bytes");
          return true;
        }
        DiskFile readable = HintFolder.readable(file, cipher);
        hints =
            storeId == null || readable == null
                ? null
                : HintFile.readAlone(readable, storeId, fileId, described.sizeBytes());
      }
    }
    return hints(hints, fileId);
  }

  private boolean hints(@Nullable List<Hinted> hints, long fileId) {
    if (hints == null) {
      out.accept("a hint that is damaged, or does not belong to the data file beside it");
      return false;
    }
    out.accept(String.format(Locale.ROOT, "hint of data file %d, %d keys", fileId, hints.size()));
    for (Hinted hinted : hints) {
      out.accept(
          String.format(
              Locale.ROOT,
              "%s  at %08x, %d bytes, sequence %d%s",
              keyText(hinted.key()),
              hinted.offset(),
              hinted.sizeBytes(),
              hinted.sequence(),
              hinted.isTombstone() ? ", deleted" : ""));
    }
    return true;
  }

  private static String keyText(byte[] key) {
    return KeySpace.isHidden(key) ? KeySpace.describe(key) : text(KeySpace.toUser(key));
  }

  /// Bytes as text if they are printable, otherwise in hex; shortened.
  public static String text(byte[] bytes) {
    boolean printable = bytes.length > 0;
    for (byte each : bytes) {
      printable &= each >= 0x20 && each < 0x7f;
    }
    int shown = Math.min(bytes.length, SHOWN_BYTES_MAX);
    StringBuilder text = new StringBuilder();
    if (printable) {
      text.append('"').append(new String(bytes, 0, shown, StandardCharsets.US_ASCII)).append('"');
    } else {
      text.append("0x");
      for (int i = 0; i < shown; i++) {
        text.append(String.format(Locale.ROOT, "%02x", bytes[i]));
      }
    }
    return shown < bytes.length ? text + "… (" + bytes.length + " bytes)" : text.toString();
  }
}
