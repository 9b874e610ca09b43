package dev.nucleusdb.scenarios.store;

import dev.nucleusdb.bitcask.BitcaskOptions;
import dev.nucleusdb.bitcask.IndexKind;
import dev.nucleusdb.bitcask.cipher.StoreKey;
import dev.nucleusdb.bitcask.compression.Compression;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.disk.DiskProfile;
import dev.nucleusdb.sim.disk.legal.FileSystem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/// The limits of one life: tiny files, few keys, many deletes, so that files roll and merge all the
/// time (Basho's `bitcask_eqc` has files of 400 bytes for the same reason).
///
/// @param options of the store; files of 400 bytes to 4 KiB
/// @param profile of the disk; half of them with a file system
/// @param pageBytes of the disk, 64 to 4096
/// @param keyCount how many keys there are; 3 to 40
/// @param valueBytesMax most values are shorter; 10 to 600
/// @param batchEntriesMax entries in one batch; 1 to 6
/// @param deleteShare of the entries; 0.2 to 0.6
/// @param operationCount operations in this life; 40 to 200
/// @param partBytes of a part of a large value, 16 to 120; 0 where there are none, in 7 of 10 lives
record StoreShape(
    BitcaskOptions options,
    DiskProfile profile,
    int pageBytes,
    int keyCount,
    int valueBytesMax,
    int batchEntriesMax,
    double deleteShare,
    int operationCount,
    int partBytes) {

  private static final int FRAME_BYTES = 48;
  private static final int ENTRY_BYTES = 24;
  private static final int ENCRYPTED_BYTES = 32;
  private static final int HIDDEN_KEY_BYTES = 64;
  static final int LARGE_PARTS_MAX = 12;
  private static final StoreKey KEY = StoreKey.of(new byte[16]);
  private static final Compression SHORTER = new Compression(new RunLength(), 16);

  static StoreShape draw(RandomSource random) {
    BitcaskOptions options =
        BitcaskOptions.DEFAULT
            .withSegmentSizeBytes(pick(random, 400, 512, 1024, 2048, 4096))
            .withMerge(
                0.1 + 0.7 * random.nextDouble(),
                pick(random, 1, 64, 300, 4096),
                pick(random, 1, 2, 3, 8))
            .withScrubSliceBytes(pick(random.fork("scrub"), 0, 128, 1024))
            .withIndex(random.fork("index").chance(0.3) ? IndexKind.HASH : IndexKind.ORDERED)
            .withKey(random.fork("key").chance(0.3) ? KEY : null)
            .withCompression(random.fork("codec").chance(0.3) ? SHORTER : Compression.OFF);
    DiskProfile profile = DiskProfile.draw(random.fork("disk"));
    List<FileSystem> all = FileSystem.ALL;
    if (random.chance(0.7)) {
      profile = profile.with(all.get(random.nextInt(all.size())));
    }
    if (FileSystem.STRICT.equals(profile.fileSystem()) && random.fork("recycling").chance(0.5)) {
      profile = profile.with(FileSystem.RECYCLING);
    }
    return new StoreShape(
        options,
        profile,
        pick(random, 64, 128, 512, 4096),
        pick(random, 3, 8, 16, 40),
        pick(random, 10, 40, 120, 600),
        1 + random.nextInt(6),
        0.2 + 0.4 * random.nextDouble(),
        40 + random.nextInt(161),
        random.fork("large").chance(0.3) ? pick(random.fork("part"), 16, 48, 120) : 0);
  }

  private static int pick(RandomSource random, int... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /// The same on the worst of all disks.
  StoreShape recycling() {
    return new StoreShape(
        options,
        profile.with(FileSystem.RECYCLING),
        pageBytes,
        keyCount,
        valueBytesMax,
        batchEntriesMax,
        deleteShare,
        operationCount,
        partBytes);
  }

  /// The largest batch, in bytes on the disk.
  long batchBytesMax() {
    int entryBytes = options.key() == null ? ENTRY_BYTES : ENTRY_BYTES + ENCRYPTED_BYTES;
    long ofUsers = FRAME_BYTES + (long) batchEntriesMax * (valueBytesMax + entryBytes);
    long ofHouse = FRAME_BYTES + (LARGE_PARTS_MAX + 2L) * (HIDDEN_KEY_BYTES + entryBytes);
    return partBytes == 0 ? ofUsers : Math.max(ofUsers, ofHouse) + ofHouse;
  }

  /// All keys.
  List<byte[]> keys() {
    return IntStream.range(0, keyCount).mapToObj(StoreShape::key).toList();
  }

  static byte[] key(int number) {
    return ("k" + number).getBytes(StandardCharsets.ISO_8859_1);
  }
}
