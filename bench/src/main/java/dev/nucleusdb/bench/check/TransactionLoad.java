package dev.nucleusdb.bench.check;

import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistoryBuilder;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Histories of transactions that a strictly serializable store would give, in any length: 24
/// sessions, one transaction every 10 units of time, open for up to 200.
public final class TransactionLoad {
  private static final int SESSION_COUNT = 24;
  private static final int TIME_STEP = 10;
  private static final int MOST_AHEAD = 100;

  /// Lists: how many keys are in use at a time, and how long a list gets before another key takes
  /// its place.
  private static final int ACTIVE_KEY_COUNT = 8;

  private static final int LONGEST_LIST = 32;
  private static final int MOST_STEPS = 4;

  /// Registers: steps of each transaction, and transactions for each key.
  private static final int STEPS = 5;

  private static final int TRANSACTIONS_PER_KEY = 10;

  private final SplittableRandom random;
  private final TransactionHistoryBuilder builder = TransactionHistory.builder();
  private final long[] sessionEnds = new long[SESSION_COUNT];

  private TransactionLoad(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /// Transactions of 1 to 4 steps on lists, half of them appends.
  public static TransactionHistory ofLists(int count, long seed) {
    TransactionLoad load = new TransactionLoad(seed);
    long[] elements = new long[LONGEST_LIST];
    Arrays.setAll(elements, place -> place + 1L);
    long[] keys = new long[ACTIVE_KEY_COUNT];
    Arrays.setAll(keys, place -> (long) place);
    int[] lengths = new int[ACTIVE_KEY_COUNT];
    long nextKey = ACTIVE_KEY_COUNT;
    for (int transaction = 0; transaction < count; transaction++) {
      for (int step = load.random.nextInt(MOST_STEPS); step >= 0; step--) {
        int key = load.random.nextInt(ACTIVE_KEY_COUNT);
        if (load.random.nextBoolean()) {
          load.builder.append(keys[key], ++lengths[key]);
          if (lengths[key] == LONGEST_LIST) {
            keys[key] = nextKey++;
            lengths[key] = 0;
          }
        } else {
          load.builder.readList(keys[key], elements, lengths[key]);
        }
      }
      load.end(transaction, TransactionHistory.UNRECORDED, TransactionHistory.UNRECORDED);
    }
    return load.builder.build();
  }

  /// Transactions of 5 steps on registers, half of them writes, with timestamps.
  public static TransactionHistory ofTimestamps(int count, long seed) {
    TransactionLoad load = new TransactionLoad(seed);
    long[] newest = new long[Math.max(1_000, count / TRANSACTIONS_PER_KEY)];
    for (int transaction = 0; transaction < count; transaction++) {
      for (int step = 0; step < STEPS; step++) {
        int key = load.random.nextInt(newest.length);
        if (load.random.nextBoolean()) {
          newest[key] = (long) STEPS * transaction + step + 1;
          load.builder.write(key, newest[key]);
        } else if (newest[key] == 0) {
          load.builder.read(Value.of((long) key), Value.ABSENT);
        } else {
          load.builder.read(key, newest[key]);
        }
      }
      long commit = (long) TIME_STEP * (transaction + 1);
      load.end(transaction, commit - 1, commit);
    }
    return load.builder.build();
  }

  private void end(int transaction, long start, long commit) {
    int session = transaction % SESSION_COUNT;
    long now = (long) TIME_STEP * (transaction + 1);
    long invoke = Math.max(sessionEnds[session] + 1, now - random.nextInt(MOST_AHEAD));
    sessionEnds[session] = now + random.nextInt(MOST_AHEAD);
    builder.end(session, Outcome.OK, invoke, sessionEnds[session], 0, start, commit);
  }
}
