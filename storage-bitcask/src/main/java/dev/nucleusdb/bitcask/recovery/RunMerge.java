package dev.nucleusdb.bitcask.recovery;

import dev.nucleusdb.bitcask.hint.SortedRun;
import dev.nucleusdb.bitcask.index.Keydir;
import dev.nucleusdb.bitcask.index.Place;
import dev.nucleusdb.bitcask.segment.Segment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/// Merges sorted runs into an index by a tree of losers (Knuth, The Art of Computer Programming 3,
/// §5.4.1): of all records of a key, in the order of the runs and within a run as they stand in its
/// file, the rule says which counts. Nothing is read but the runs.
///
/// ```
///   run 0 ─┐
///   run 1 ─┤ lowest key ──► records of one key ──rule──► the one that counts ──► index
///   run 2 ─┘
/// ```
final class RunMerge {
  private static final VarHandle BIG_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /// A run and the file that its records stand in.
  ///
  /// @param segment the file
  /// @param run before its first record
  record Input(Segment segment, SortedRun run) {}

  private final List<Input> inputs;
  private final SortedRun[] runs;
  private final SupersedeRule rule;

  /// The first eight bytes of the key that a run stands at, so that they order as numbers with a
  /// sign; of a run that has ended, the highest there is.
  private final long[] heads;

  private final boolean[] ended;

  /// Node n has the children 2n and 2n + 1; run r is the leaf `runs.length` + r.
  private final int[] losers;

  private int winner;
  private final long[] liveBytes;

  // The key that is being merged, and the record of it that counts so far.
  private byte[] key = new byte[64];
  private int keyLength;
  private int best;
  private long offset;
  private int sizeBytes;
  private long sequence;
  private boolean tombstone;

  /// @param inputs in the order of the files
  RunMerge(List<Input> inputs, SupersedeRule rule) {
    this.inputs = inputs;
    this.rule = rule;
    int count = inputs.size();
    runs = inputs.stream().map(Input::run).toArray(SortedRun[]::new);
    heads = new long[count];
    ended = new boolean[count];
    losers = new int[count];
    liveBytes = new long[count];
  }

  /// Merges all of it.
  ///
  /// @param keepsTombstones whether deleted keys go into the index, too, with the places of their
  ///   tombstones
  /// @return whether there was a tombstone that counts
  boolean run(Keydir.Loader loader, boolean keepsTombstones) {
    boolean anyTombstone = false;
    if (runs.length > 0) {
      begin();
      while (!ended[winner]) {
        takeKey();
        anyTombstone |= tombstone;
        if (!tombstone) {
          liveBytes[best] += sizeBytes;
        }
        if (!tombstone || keepsTombstones) {
          int number = inputs.get(best).segment.number();
          loader.add(key, keyLength, Place.of(number, offset, sizeBytes, tombstone));
        }
      }
    }
    loader.finish();
    return anyTombstone;
  }

  /// Tells each file how much of it the index points at.
  void countLive() {
    for (int run = 0; run < runs.length; run++) {
      inputs.get(run).segment.becameLive(liveBytes[run]);
    }
  }

  /// Takes all records of the lowest key, and leaves the one that counts.
  private void takeKey() {
    SortedRun first = runs[winner];
    keyLength = first.keyLength();
    if (key.length < keyLength) {
      key = new byte[Math.max(2 * key.length, keyLength)];
    }
    System.arraycopy(first.keyBuffer(), 0, key, 0, keyLength);
    long head = heads[winner];
    take(first);
    advance();
    while (!ended[winner] && heads[winner] == head && standsAtKey(runs[winner])) {
      SortedRun next = runs[winner];
      if (rule.supersedes(next.sequence(), sequence)) {
        take(next);
      }
      advance();
    }
  }

  private boolean standsAtKey(SortedRun run) {
    return run.keyLength() == keyLength
        && Arrays.equals(run.keyBuffer(), 0, keyLength, key, 0, keyLength);
  }

  private void take(SortedRun run) {
    best = winner;
    offset = run.offset();
    sizeBytes = run.sizeBytes();
    sequence = run.sequence();
    tombstone = run.isTombstone();
  }

  // --- the tree of losers ------------------------------------------------------------------------

  private void begin() {
    int count = runs.length;
    int[] winners = new int[2 * count];
    for (int run = 0; run < count; run++) {
      fetch(run);
      winners[count + run] = run;
    }
    for (int node = count - 1; node > 0; node--) {
      int left = winners[2 * node];
      int right = winners[2 * node + 1];
      boolean leftFirst = isBefore(left, right);
      winners[node] = leftFirst ? left : right;
      losers[node] = leftFirst ? right : left;
    }
    winner = winners[1];
  }

  private void fetch(int run) {
    SortedRun from = runs[run];
    if (from.next()) {
      heads[run] = head(from.keyBuffer(), from.keyLength());
    } else {
      ended[run] = true;
      heads[run] = Long.MAX_VALUE;
    }
  }

  /// Goes on in the run that has won.
  private void advance() {
    int run = winner;
    fetch(run);
    for (int node = (runs.length + run) >>> 1; node > 0; node >>>= 1) {
      if (isBefore(losers[node], run)) {
        int loser = run;
        run = losers[node];
        losers[node] = loser;
      }
    }
    winner = run;
  }

  private boolean isBefore(int a, int b) {
    if (heads[a] != heads[b]) {
      return heads[a] < heads[b];
    }
    if (ended[a] || ended[b]) {
      return !ended[a];
    }
    int order =
        Arrays.compareUnsigned(
            runs[a].keyBuffer(),
            0,
            runs[a].keyLength(),
            runs[b].keyBuffer(),
            0,
            runs[b].keyLength());
    return order != 0 ? order < 0 : a < b;
  }

  private static long head(byte[] key, int length) {
    long head = 0;
    if (length >= Long.BYTES) {
      head = (long) BIG_LONG.get(key, 0);
    } else {
      for (int i = 0; i < Long.BYTES; i++) {
        head = head << 8 | (i < length ? key[i] & 0xff : 0);
      }
    }
    return head ^ Long.MIN_VALUE;
  }
}
