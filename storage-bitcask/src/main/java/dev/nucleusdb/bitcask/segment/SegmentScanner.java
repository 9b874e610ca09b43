package dev.nucleusdb.bitcask.segment;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.bitcask.cipher.Aead;
import dev.nucleusdb.bitcask.cipher.FileCipher;
import dev.nucleusdb.bitcask.format.Checksum;
import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.FileHeader;
import dev.nucleusdb.bitcask.format.Footer;
import dev.nucleusdb.bitcask.format.FrameCheck;
import dev.nucleusdb.bitcask.format.FrameHeader;
import dev.nucleusdb.bitcask.format.FrameKind;
import dev.nucleusdb.bitcask.format.StoreId;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks over the frames of a data file from its first, verifying each.
public final class SegmentScanner {
  /// How often a place is read before it is believed that no frame stands there.
  private static final int READS_MAX = 8;

  private final DiskFile file;
  private final StoreId storeId;
  private final long fileId;
  private final FrameCheck check;
  private final Window window;
  private final Checksum checksum = new Checksum();
  private final Aead aead = new Aead();

  /// Of the frame that was read last: most frames hold one.
  private final List<Entry> entries = new ArrayList<>(1);

  private final @Nullable FileCipher cipher;
  private final boolean opens;
  private long position = FileHeader.BYTES;

  /// How long the file was when that was asked last: it only grows while it is scanned.
  private long sizeBytes;

  /// A scan that leaves records encrypted which are.
  ///
  /// @param file a data file
  /// @param storeId that its head should name
  /// @param fileId that its head should name
  /// @param check whether a frame is whole
  public SegmentScanner(DiskFile file, StoreId storeId, long fileId, FrameCheck check) {
    this(file, storeId, fileId, check, null, false);
  }

  /// A scan that decrypts records.
  ///
  /// @param cipher of the file; null if no record may be encrypted
  public SegmentScanner(
      DiskFile file, StoreId storeId, long fileId, FrameCheck check, @Nullable FileCipher cipher) {
    this(file, storeId, fileId, check, cipher, true);
  }

  private SegmentScanner(
      DiskFile file,
      StoreId storeId,
      long fileId,
      FrameCheck check,
      @Nullable FileCipher cipher,
      boolean opens) {
    this.cipher = cipher;
    this.opens = opens;
    this.file = file;
    this.storeId = storeId;
    this.fileId = fileId;
    this.check = check;
    this.window = new Window(file);
  }

  /// Verifies the head of the file.
  ///
  /// @throws CorruptionException if it is damaged or another file's
  public void verifyFileHeader() {
    try {
      verifyFileHeaderOnce();
    } catch (CorruptionException _) {
      window.forget();
      verifyFileHeaderOnce();
    }
  }

  private void verifyFileHeaderOnce() {
    int at = window.hold(0, FileHeader.BYTES);
    FileHeader.verify(file.path(), window.bytes(), at == 0 ? FileHeader.BYTES : 0, storeId, fileId);
  }

  /// Where the scan stands.
  public long position() {
    return position;
  }

  /// Goes to the next place behind this one where the head of a frame stands that was written for
  /// it, and passes over what is damaged.
  ///
  /// @return false if there is none
  public boolean skipDamage() {
    long found = WitnessSearch.nextHead(file, fileId, position);
    position = found < 0 ? file.sizeBytes() : found;
    return found >= 0;
  }

  /// Goes to a place where a frame begins.
  public void skipTo(long offset) {
    position = offset;
  }

  /// The next frame; or what stands in its place, and then the scan does not go on. What is no
  /// frame is read again before that is believed: a disk may show wrong or old bytes now and then,
  /// and that must not cost what is there.
  public Scanned next() {
    Scanned found = scan();
    for (int reads = 1; found instanceof Scanned.Damage && reads < READS_MAX; reads++) {
      window.forget();
      sizeBytes = 0;
      found = scan();
      sometimes("bitcask reads damage again, and it is gone", !(found instanceof Scanned.Damage));
    }
    return found;
  }

  private Scanned scan() {
    if (position >= sizeBytes) {
      sizeBytes = file.sizeBytes();
    }
    long remaining = sizeBytes - position;
    if (remaining == 0) {
      return new Scanned.End(position);
    }
    int at = window.hold(position, FrameHeader.BYTES);
    if (at < 0) {
      return new Scanned.Damage(position, "the file ends within the head of a frame");
    }
    FrameHeader header = FrameHeader.read(window.bytes(), at, fileId, position, checksum);
    if (header == null) {
      return new Scanned.Damage(position, "no frame was written here, or its head is damaged");
    }
    return header.payloadBytes() < 0 || header.frameBytes() > remaining
        ? new Scanned.Damage(position, "the file ends within a frame")
        : body(header);
  }

  private Scanned body(FrameHeader header) {
    int frameBytes = Math.toIntExact(header.frameBytes());
    int at = window.hold(position, frameBytes);
    if (at < 0) {
      return new Scanned.Damage(position, "the file is shorter than the disk said");
    }
    if (!header.isIntact(window.bytes(), at, fileId, position, checksum, check)) {
      return new Scanned.Damage(position, "the checksum of the frame is wrong");
    }
    Scanned whole =
        header.kind() == FrameKind.SEAL
            ? new Scanned.Seal(position, footer(header, at))
            : new Scanned.Frame(position, header, entries(header, at));
    position += frameBytes;
    return whole;
  }

  private Footer footer(FrameHeader header, int frameAt) {
    if (header.payloadBytes() != Footer.BYTES) {
      throw malformed(header);
    }
    return Footer.read(window.bytes(), frameAt + FrameHeader.BYTES);
  }

  private List<Entry> entries(FrameHeader header, int frameAt) {
    entries.clear();
    int at = frameAt + header.kind().headBytes();
    int end = at + header.payloadBytes();
    while (at < end && entries.size() < header.entryCount()) {
      Entry entry = Entry.read(position + (at - frameAt), window.bytes(), at, end);
      if (entry == null) {
        throw malformed(header);
      }
      entries.add(opens ? entry.opened(file.path(), cipher, aead) : entry);
      at += entry.sizeBytes();
    }
    if (at != end || entries.size() != header.entryCount()) {
      throw malformed(header);
    }
    return entries;
  }

  private CorruptionException malformed(FrameHeader header) {
    return new CorruptionException(
        file.path(),
        position,
        "the frame does not hold the " + header.entryCount() + " entries that it announces");
  }
}
