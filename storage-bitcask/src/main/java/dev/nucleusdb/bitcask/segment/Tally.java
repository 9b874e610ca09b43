package dev.nucleusdb.bitcask.segment;

import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.Footer;

/// Counts what a file holds while it is written or scanned; becomes its [Footer].
final class Tally {
  private long entryCount;
  private long entryBytes;
  private long tombstoneBytes;
  private long expiringBytes;
  private long lowestSequence = Long.MAX_VALUE;
  private long highestSequence;
  private long highestTombstone;
  private long latestExpiry;
  private long contentChecksum;

  void entry(int sizeBytes, long sequence, boolean tombstone, long expiry) {
    entryCount++;
    entryBytes += sizeBytes;
    lowestSequence = Math.min(lowestSequence, sequence);
    highestSequence = Math.max(highestSequence, sequence);
    if (tombstone) {
      tombstoneBytes += sizeBytes;
      highestTombstone = Math.max(highestTombstone, sequence);
    }
    if (expiry != Entry.NEVER) {
      expiringBytes += sizeBytes;
      latestExpiry = Math.max(latestExpiry, expiry);
    }
  }

  /// A frame was written or found.
  void frame(int frameChecksum) {
    contentChecksum = (Long.rotateLeft(contentChecksum, 9) ^ frameChecksum) * 0x9e3779b97f4a7c15L;
  }

  /// Goes on from what a footer says.
  void restore(Footer footer) {
    entryCount = footer.entryCount();
    entryBytes = footer.entryBytes();
    tombstoneBytes = footer.tombstoneBytes();
    expiringBytes = footer.expiringBytes();
    lowestSequence = footer.lowestSequence();
    highestSequence = footer.highestSequence();
    highestTombstone = footer.highestTombstone();
    latestExpiry = footer.latestExpiry();
    contentChecksum = footer.contentChecksum();
  }

  Footer footer() {
    return new Footer(
        entryCount,
        entryBytes,
        tombstoneBytes,
        expiringBytes,
        lowestSequence,
        highestSequence,
        highestTombstone,
        latestExpiry,
        contentChecksum);
  }

  long entryBytes() {
    return entryBytes;
  }

  long entryCount() {
    return entryCount;
  }

  long tombstoneBytes() {
    return tombstoneBytes;
  }

  long expiredBytes(long nowMillis) {
    return latestExpiry <= nowMillis ? expiringBytes : 0;
  }

  long lowestSequence() {
    return lowestSequence;
  }

  long highestSequence() {
    return highestSequence;
  }

  long highestTombstone() {
    return highestTombstone;
  }
}
