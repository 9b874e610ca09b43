package dev.nucleusdb.bitcask.inspect;

import dev.nucleusdb.bitcask.Bitcask;
import dev.nucleusdb.bitcask.BitcaskOptions;
import dev.nucleusdb.bitcask.BitcaskRules;
import dev.nucleusdb.bitcask.StoreReplacement;
import dev.nucleusdb.bitcask.cipher.Aead;
import dev.nucleusdb.bitcask.cipher.Encryption;
import dev.nucleusdb.bitcask.cipher.FileCipher;
import dev.nucleusdb.bitcask.cipher.Fingerprint;
import dev.nucleusdb.bitcask.cipher.StoreCipher;
import dev.nucleusdb.bitcask.cipher.StoreKey;
import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.FileNames;
import dev.nucleusdb.bitcask.format.FrameCheck;
import dev.nucleusdb.bitcask.format.Manifest;
import dev.nucleusdb.bitcask.format.Reference;
import dev.nucleusdb.bitcask.format.StoreId;
import dev.nucleusdb.bitcask.format.StoredEntry;
import dev.nucleusdb.bitcask.hint.HintFile;
import dev.nucleusdb.bitcask.hint.Hinted;
import dev.nucleusdb.bitcask.large.KeySpace;
import dev.nucleusdb.bitcask.segment.HintFolder;
import dev.nucleusdb.bitcask.segment.Scanned;
import dev.nucleusdb.bitcask.segment.SegmentScanner;
import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.Disk.OpenMode;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes a new store of all that can still be read of a damaged one. For a store that stands alone:
/// a replica is filled anew from its peers, who still have what is lost here.
///
/// Of a key whose newest record is lost, and known to be lost because a hint tells of it, nothing
/// is kept: an older value would be a wrong one. Where no hint tells, older values may come back,
/// and deleted keys too; the result says so.
public final class Salvage {
  private static final int BATCH_BYTES = 1 << 20;

  private final Disk disk;
  private final String directory;
  private final StoreFiles files;
  private final StoreId storeId;
  private final @Nullable StoreKey key;
  private final @Nullable StoreCipher keys;
  private final Aead aead = new Aead();
  private final TreeMap<byte[], Newest> newest = new TreeMap<>(Bytes.ORDER);
  private final List<Finding> lost = new ArrayList<>();
  private boolean mayBeStale;
  private long highestIndex;

  private record Newest(long sequence, long fileId, long offset, boolean isGone, boolean isLost) {}

  /// What was saved.
  ///
  /// @param keyCount keys in the new store
  /// @param lostKeys keys that are known to be lost
  /// @param lost stretches that could not be read
  /// @param mayBeStale whether keys may have older values than they had, or be back though deleted
  public record Result(
      long keyCount, List<byte[]> lostKeys, List<Finding> lost, boolean mayBeStale) {}

  private Salvage(Disk disk, String directory, @Nullable StoreKey key) {
    this.disk = disk;
    this.directory = directory;
    this.files = StoreFiles.of(disk, directory);
    this.storeId = files.storeId(disk, directory);
    this.key = key;
    Fingerprint known = files.fingerprint(disk, directory, key);
    this.keys = Encryption.with(key).of(directory, storeId.high(), storeId.low(), known, null);
  }

  /// Makes the new store beside the old one.
  ///
  /// @param target an empty or missing folder on the same disk
  /// @throws CorruptionException if nothing can be read at all
  public static Result of(Disk disk, String directory, String target, RandomSource random) {
    return of(disk, directory, target, random, null);
  }

  /// As above, for a store that may be encrypted; the new one has the same key.
  ///
  /// @param key null if it is not encrypted
  /// @throws dev.nucleusdb.bitcask.cipher.WrongKeyException if this is not its key
  public static Result of(
      Disk disk, String directory, String target, RandomSource random, @Nullable StoreKey key) {
    Salvage salvage = new Salvage(disk, directory, key);
    salvage.readAll();
    return salvage.writeAll(target, random);
  }

  private void readAll() {
    Manifest manifest = files.manifest();
    if (manifest != null) {
      highestIndex = manifest.baseIndex();
    } else {
      mayBeStale = true;
    }
    for (long fileId : files.dataFileIds()) {
      if (manifest == null || manifest.names(fileId)) {
        read(fileId);
      }
    }
    if (manifest != null) {
      for (Manifest.Sealed sealed : manifest.sealed()) {
        missing(sealed.fileId());
      }
      missing(manifest.activeFileId());
    }
  }

  private void missing(long fileId) {
    String name = FileNames.data(fileId);
    if (!files.names().contains(name)) {
      lost.add(new Finding(Finding.Severity.DAMAGE, name, 0, "the whole file is missing"));
      mayBeStale = true;
    }
  }

  private void read(long fileId) {
    String name = FileNames.data(fileId);
    int lostBefore = lost.size();
    try (DiskFile file = disk.open(directory + "/" + name, OpenMode.READ)) {
      FileCipher cipher = keys == null ? null : keys.of(fileId);
      SegmentScanner scanner = new SegmentScanner(file, storeId, fileId, FrameCheck.EQUAL, cipher);
      boolean more = true;
      while (more) {
        switch (next(scanner)) {
          case Scanned.Frame frame -> {
            highestIndex = Math.max(highestIndex, frame.header().logIndex());
            frame.entries().forEach(entry -> learn(fileId, entry));
          }
          case Scanned.Seal _ -> {}
          case Scanned.Damage bad -> {
            lost.add(new Finding(Finding.Severity.DAMAGE, name, bad.offset(), bad.detail()));
            more = scanner.skipDamage();
            learnWithin(file, fileId, bad.offset(), scanner.position());
          }
          case Scanned.End _ -> more = false;
        }
      }
      if (lost.size() > lostBefore && !learnFromHint(fileId, file)) {
        mayBeStale = true;
      }
    }
  }

  /// Where a frame is damaged, most of its records are not: each has a checksum of its own, which
  /// holds for one place alone. So they are looked for wherever one could begin.
  private void learnWithin(DiskFile file, long fileId, long from, long to) {
    long at = from;
    while (at < to) {
      Entry entry = readable(EntryAt.read(file, fileId, at), file, fileId);
      if (entry != null && at + entry.sizeBytes() <= to) {
        learn(fileId, entry);
        at += entry.sizeBytes();
      } else {
        at += Entry.ALIGNMENT;
      }
    }
  }

  private @Nullable Entry readable(@Nullable Entry entry, DiskFile file, long fileId) {
    try {
      FileCipher cipher = keys == null ? null : keys.of(fileId);
      return entry == null ? null : entry.opened(file.path(), cipher, aead);
    } catch (CorruptionException altered) {
      return null;
    }
  }

  private static Scanned next(SegmentScanner scanner) {
    try {
      return scanner.next();
    } catch (CorruptionException malformed) {
      return new Scanned.Damage(malformed.offset(), String.valueOf(malformed.getMessage()));
    }
  }

  private void learn(long fileId, Entry entry) {
    offer(
        entry.key(),
        new Newest(entry.sequence(), fileId, entry.offset(), entry.isTombstone(), false));
  }

  /// What the hint tells and the scan has not found is lost.
  private boolean learnFromHint(long fileId, DiskFile data) {
    String name = FileNames.hint(fileId);
    if (!files.names().contains(name)) {
      return false;
    }
    try (DiskFile file = disk.open(directory + "/" + name, OpenMode.READ)) {
      DiskFile readable = HintFolder.readable(file, keys == null ? null : keys.of(fileId));
      List<Hinted> hints =
          readable == null ? null : HintFile.readAlone(readable, storeId, fileId, data.sizeBytes());
      if (hints == null) {
        return false;
      }
      for (Hinted hinted : hints) {
        Newest known = newest.get(hinted.key());
        if (known == null || known.sequence < hinted.sequence()) {
          newest.put(
              hinted.key(),
              new Newest(
                  hinted.sequence(),
                  fileId,
                  hinted.offset(),
                  hinted.isTombstone(),
                  !hinted.isTombstone()));
        }
      }
      return true;
    }
  }

  private void offer(byte[] key, Newest found) {
    Newest known = newest.get(key);
    if (known == null || known.sequence < found.sequence) {
      newest.put(key, found);
    }
  }

  private Result writeAll(String target, RandomSource random) {
    List<byte[]> lostKeys = new ArrayList<>();
    try (Bitcask store =
            Bitcask.open(
                disk,
                target,
                BitcaskOptions.DEFAULT.withKey(key),
                BitcaskRules.DEFAULT,
                random,
                Trace.NONE);
        StoreReplacement content = store.replace()) {
      List<StoredEntry> batch = new ArrayList<>();
      long batchBytes = 0;
      for (Map.Entry<byte[], Newest> known : newest.entrySet()) {
        Entry entry = known.getValue().isGone ? null : entryAt(known.getValue());
        boolean isWhole = entry == null || hasParts(entry);
        if (known.getValue().isLost || !isWhole) {
          lostKeys.add(known.getKey());
        }
        if (entry != null && isWhole && !entry.isTombstone()) {
          batch.add(new StoredEntry(known.getKey(), entry.storedValue(), entry.expiry()));
          batchBytes += entry.sizeBytes();
        }
        if (batchBytes > BATCH_BYTES) {
          content.addStored(batch);
          batch.clear();
          batchBytes = 0;
        }
      }
      content.addStored(batch);
      content.install(Math.max(1, highestIndex));
      return new Result(store.statistics().keyCount(), usersOf(lostKeys), lost, mayBeStale);
    }
  }

  /// Whether all parts of a large value are left.
  private boolean hasParts(Entry entry) {
    byte[] written = entry.isReference() ? entry.storedValue().bytes() : null;
    Reference large = written == null ? null : Reference.read(written, 0, written.length);
    boolean whole = large != null || !entry.isReference();
    for (int number = 0; large != null && whole && number < large.partCount(); number++) {
      Newest part = newest.get(KeySpace.part(large.id(), number));
      whole = part != null && !part.isGone && !part.isLost;
    }
    return whole;
  }

  /// The keys among them that users know: a lost part is told by the key whose value it was of.
  private static List<byte[]> usersOf(List<byte[]> keys) {
    return keys.stream().filter(key -> !KeySpace.isHidden(key)).map(KeySpace::toUser).toList();
  }

  /// Reads an entry that a scan has found, in the frame that it stands in; null if it is lost.
  private @Nullable Entry entryAt(Newest place) {
    if (place.isLost) {
      return null;
    }
    try (DiskFile file = disk.open(directory + "/" + FileNames.data(place.fileId), OpenMode.READ)) {
      return readable(EntryAt.read(file, place.fileId, place.offset), file, place.fileId);
    }
  }
}
