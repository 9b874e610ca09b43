package dev.nucleusdb.bitcask.hint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/// Goes over sorted runs as if they were one, by a tree of losers (Knuth, The Art of Computer
/// Programming 3, §5.4.1). Records of one key come in the order of the runs, and within a run as
/// they stand there.
final class RunTournament {
  private static final VarHandle BIG_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final SortedRun[] runs;

  /// The first eight bytes of the key that a run stands at, so that they order as numbers with a
  /// sign; of a run that has ended, the highest there is.
  private final long[] heads;

  private final boolean[] ended;

  /// Node n has the children 2n and 2n + 1; run r is the leaf `runs.length` + r.
  private final int[] losers;

  /// Below 0 before the first record.
  private int winner = -1;

  /// @param runs before their first records
  RunTournament(List<? extends SortedRun> runs) {
    this.runs = runs.toArray(SortedRun[]::new);
    heads = new long[runs.size()];
    ended = new boolean[runs.size()];
    losers = new int[runs.size()];
  }

  /// Goes to the next record.
  ///
  /// @return false if there is none
  boolean next() {
    if (winner >= 0) {
      advance();
    } else if (runs.length > 0) {
      begin();
    } else {
      return false;
    }
    return !ended[winner];
  }

  /// Which run stands at the record, from 0.
  int index() {
    return winner;
  }

  /// The run that stands at the record.
  SortedRun run() {
    return runs[winner];
  }

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
