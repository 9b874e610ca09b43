package dev.nucleusdb.bitcask.recovery;

import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.hint.Hinted;
import dev.nucleusdb.bitcask.index.Keydir;
import dev.nucleusdb.bitcask.index.Place;
import dev.nucleusdb.bitcask.segment.EntryReader;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.core.disk.CorruptionException;

/// Teaches the index what a recovery finds, in whatever order it finds it: of two records of a key
/// the rule decides. Tombstones stay in the index until all is found.
final class Learner {
  private final SegmentFolder folder;
  private final Keydir keydir;
  private final SupersedeRule supersedeRule;
  private final EntryReader reader;
  private boolean holdsTombstones;

  /// @param holdsTombstones whether tombstones are in the index already
  Learner(
      SegmentFolder folder,
      Keydir keydir,
      SupersedeRule supersedeRule,
      EntryReader reader,
      boolean holdsTombstones) {
    this.holdsTombstones = holdsTombstones;
    this.folder = folder;
    this.keydir = keydir;
    this.supersedeRule = supersedeRule;
    this.reader = reader;
  }

  /// A record that a scan found: counts in its file, too.
  void count(Segment segment, Entry entry) {
    long sequence = entry.sequence();
    int sizeBytes = entry.sizeBytes();
    learn(segment, entry.key(), entry.offset(), sizeBytes, sequence, entry.isTombstone());
    segment.count(sizeBytes, sequence, entry.isTombstone(), entry.expiry());
  }

  /// A record that a hint tells of.
  void learn(Segment segment, Hinted hinted) {
    learn(
        segment,
        hinted.key(),
        hinted.offset(),
        hinted.sizeBytes(),
        hinted.sequence(),
        hinted.isTombstone());
  }

  private void learn(
      Segment segment, byte[] key, long offset, int sizeBytes, long sequence, boolean tombstone) {
    long place = Place.of(segment.number(), offset, sizeBytes, tombstone);
    // Put first and put back if that was wrong: nearly always it is right, and one search is
    // spared.
    long known = keydir.put(key, place);
    if (known != Place.NONE
        && !supersedeRule.supersedes(sequence, knownSequence(known, sequence))) {
      keydir.put(key, known);
      return;
    }
    holdsTombstones |= tombstone;
    if (!tombstone) {
      segment.becameLive(sizeBytes);
    }
    if (known != Place.NONE && !Place.isTombstone(known)) {
      folder.becameDead(known, reader);
    }
  }

  /// The number of a record that the index points at, or one that compares to `found` as that does:
  /// where the files alone tell, nothing is read.
  private long knownSequence(long known, long found) {
    Segment other = folder.segmentOf(known);
    if (other.highestSequence() < found) {
      return other.highestSequence();
    }
    try {
      reader.read(other, known);
      return reader.sequence();
    } catch (CorruptionException damage) {
      return folder.hints().sequenceAt(other, folder.storeId(), Place.offset(known), damage);
    }
  }

  void dropTombstones() {
    if (holdsTombstones) {
      keydir.removeIf(Place::isTombstone);
    }
  }
}
