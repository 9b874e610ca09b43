package dev.nucleusdb.linearizability.isolation;

import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.isolation.transaction.StepKind;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistoryBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Small histories of lists from a store that keeps its timestamps, and now and then does not.
final class RandomTimestamps {
  private static final int KEY_COUNT = 2;
  private static final int SESSION_COUNT = 2;

  private record Version(long commit, List<Value> list) {}

  private final Random random;
  private final boolean serial;
  private final List<Integer> times;
  private final List<List<Version>> versions = new ArrayList<>();
  private final long[] sessionEnds = new long[SESSION_COUNT];
  private final TransactionHistoryBuilder builder = TransactionHistory.builder();

  private RandomTimestamps(long seed, int count) {
    this.random = new Random(seed);
    this.serial = random.nextBoolean();
    this.times = new ArrayList<>(IntStream.range(1, 2 * count + 1).boxed().toList());
    for (int key = 0; key < KEY_COUNT; key++) {
      versions.add(new ArrayList<>(List.of(new Version(0, List.of()))));
    }
  }

  static TransactionHistory of(long seed) {
    int count = 2 + (int) (seed % 5);
    RandomTimestamps store = new RandomTimestamps(seed, count);
    for (int transaction = 0; transaction < count; transaction++) {
      store.one(transaction);
    }
    return store.builder.build();
  }

  private void one(int transaction) {
    int place = random.nextInt(Math.min(times.size(), 3));
    long commit = times.get(place);
    times.subList(place, place + 1).clear();
    boolean early = !serial && random.nextInt(3) == 0;
    long start = early ? Math.max(0, commit - random.nextInt(4)) : commit;
    long honest = serial ? commit - 1 : start;
    long readAt = random.nextInt(12) == 0 ? random.nextInt(10) : honest;
    boolean ok = random.nextInt(10) > 0;
    List<List<Value>> own = steps(transaction, readAt, ok);
    for (int key = 0; key < KEY_COUNT; key++) {
      if (!own.get(key).isEmpty()) {
        List<Value> list = new ArrayList<>(versions.get(key).getLast().list());
        list.addAll(own.get(key));
        versions.get(key).add(new Version(commit, list));
      }
    }
    int session = random.nextInt(SESSION_COUNT);
    long invoke = Math.max(sessionEnds[session] + 1, commit + random.nextInt(5) - 2);
    sessionEnds[session] = invoke + random.nextInt(4);
    Outcome outcome = ok ? Outcome.OK : Outcome.UNKNOWN;
    builder.end(session, outcome, invoke, sessionEnds[session], 0, start, commit);
  }

  private List<List<Value>> steps(int transaction, long readAt, boolean ok) {
    List<List<Value>> own = List.of(new ArrayList<>(), new ArrayList<>());
    for (int step = random.nextInt(3); step >= 0; step--) {
      int key = random.nextInt(KEY_COUNT);
      if (random.nextBoolean()) {
        Value value = Value.of(10L * transaction + step);
        own.get(key).add(value);
        builder.append(Value.of(key), value);
      } else if (ok) {
        List<Value> seen = new ArrayList<>(at(key, readAt));
        seen.addAll(own.get(key));
        builder.readList(Value.of(key), seen, false);
      } else {
        builder.readUnknown(StepKind.READ_LIST, Value.of(key));
      }
    }
    return own;
  }

  private List<Value> at(int key, long timestamp) {
    return versions.get(key).stream()
        .filter(version -> version.commit() <= timestamp)
        .max(Comparator.comparingLong(Version::commit))
        .orElseThrow()
        .list();
  }
}
