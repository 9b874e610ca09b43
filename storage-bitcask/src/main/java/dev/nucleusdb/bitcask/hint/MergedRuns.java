package dev.nucleusdb.bitcask.hint;

import java.util.Arrays;
import java.util.List;

/// Sorted runs as one, in which each key stands once: of all its records, in the order of the runs
/// and within a run as they stand there, a rule says which counts.
///
/// ```
///   run 0 ─┐
///   run 1 ─┤ lowest key ──► records of one key ──rule──► the one that counts
///   run 2 ─┘
/// ```
public final class MergedRuns implements SortedRun {
  /// Of two records of a key, does the one just found count?
  @FunctionalInterface
  public interface Precedence {
    /// @param found sequence number of the record just found
    /// @param known sequence number of the one that has counted so far
    boolean supersedes(long found, long known);
  }

  private final RunTournament tournament;
  private final Precedence precedence;
  private boolean begun;
  private boolean more;

  // The key, and the record of it that counts so far.
  private byte[] key = new byte[64];
  private int keyLength;
  private int index;
  private long offset;
  private int sizeBytes;
  private long sequence;
  private boolean tombstone;

  /// @param runs before their first records
  public MergedRuns(List<? extends SortedRun> runs, Precedence precedence) {
    this.tournament = new RunTournament(runs);
    this.precedence = precedence;
  }

  @Override
  public boolean next() {
    if (!begun) {
      begun = true;
      more = tournament.next();
    }
    if (!more) {
      return false;
    }
    begin(tournament.run());
    more = false;
    while (!more && tournament.next()) {
      SortedRun run = tournament.run();
      if (run.keyLength() != keyLength
          || !Arrays.equals(run.keyBuffer(), 0, keyLength, key, 0, keyLength)) {
        more = true;
      } else if (precedence.supersedes(run.sequence(), sequence)) {
        take(run);
      }
    }
    return true;
  }

  private void begin(SortedRun run) {
    keyLength = run.keyLength();
    if (key.length < keyLength) {
      key = new byte[Math.max(2 * key.length, keyLength)];
    }
    System.arraycopy(run.keyBuffer(), 0, key, 0, keyLength);
    take(run);
  }

  private void take(SortedRun run) {
    index = tournament.index();
    offset = run.offset();
    sizeBytes = run.sizeBytes();
    sequence = run.sequence();
    tombstone = run.isTombstone();
  }

  /// Which run the record is of, from 0.
  public int index() {
    return index;
  }

  @Override
  public byte[] keyBuffer() {
    return key;
  }

  @Override
  public int keyLength() {
    return keyLength;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public int sizeBytes() {
    return sizeBytes;
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public boolean isTombstone() {
    return tombstone;
  }
}
