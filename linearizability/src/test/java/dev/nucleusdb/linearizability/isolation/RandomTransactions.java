package dev.nucleusdb.linearizability.isolation;

import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.isolation.transaction.DataModel;
import dev.nucleusdb.linearizability.isolation.transaction.StepKind;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistoryBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Small histories from a store that keeps some order of commit and is careless in many ways about
/// which of it a transaction sees.
final class RandomTransactions {
  private static final int KEY_COUNT = 2;
  private static final int SESSION_COUNT = 3;

  private final DataModel model;
  private final Random random;
  private final List<List<List<String>>> committed = new ArrayList<>();
  private final TransactionHistoryBuilder builder = TransactionHistory.builder();
  private final long[] sessionEnds = new long[SESSION_COUNT];
  private final int carelessness;
  private long time;
  private int nextValue = 1;

  private RandomTransactions(DataModel model, long seed) {
    this.model = model;
    this.random = new Random(seed);
    this.carelessness = random.nextInt(4);
    List<List<String>> empty = new ArrayList<>();
    for (int key = 0; key < KEY_COUNT; key++) {
      empty.add(List.of());
    }
    committed.add(empty);
  }

  static TransactionHistory of(DataModel model, long seed) {
    return new RandomTransactions(model, seed).make();
  }

  private TransactionHistory make() {
    int count = 2 + random.nextInt(4);
    for (int transaction = 0; transaction < count; transaction++) {
      one();
    }
    return builder.build();
  }

  private void one() {
    int fate = random.nextInt(12);
    Outcome outcome = fate == 0 ? Outcome.FAILED : fate == 1 ? Outcome.UNKNOWN : Outcome.OK;
    int snapshot = snapshot();
    List<List<String>> own = new ArrayList<>();
    for (int key = 0; key < KEY_COUNT; key++) {
      own.add(new ArrayList<>());
    }
    int steps = 1 + random.nextInt(4);
    for (int step = 0; step < steps; step++) {
      int key = random.nextInt(KEY_COUNT);
      Value name = Value.of("xy".substring(key, key + 1));
      if (random.nextInt(2) == 0) {
        String value = Integer.toString(nextValue++);
        own.get(key).add(value);
        if (model == DataModel.LISTS) {
          builder.append(name, Value.of(value));
        } else {
          builder.write(name, Value.of(value));
        }
      } else if (outcome != Outcome.OK) {
        builder.readUnknown(model == DataModel.LISTS ? StepKind.READ_LIST : StepKind.READ, name);
      } else {
        int from = carelessness > 0 && random.nextInt(8) < carelessness ? snapshot() : snapshot;
        List<String> seen = new ArrayList<>(committed.get(from).get(key));
        boolean forgets = carelessness > 1 && random.nextInt(12) == 0;
        seen.addAll(forgets ? List.of() : own.get(key));
        if (carelessness > 2 && random.nextInt(12) == 0 && !seen.isEmpty()) {
          seen.removeLast();
        }
        if (model == DataModel.LISTS) {
          builder.readList(name, seen.stream().<Value>map(Value::of).toList(), false);
        } else {
          builder.read(name, seen.isEmpty() ? Value.ABSENT : Value.of(seen.getLast()));
        }
      }
    }
    end(outcome);
    if (outcome == Outcome.OK || random.nextInt(3) == 0) {
      commit(own);
    }
  }

  private int snapshot() {
    return random.nextInt(3) > 0 ? committed.size() - 1 : random.nextInt(committed.size());
  }

  private void commit(List<List<String>> own) {
    List<List<String>> next = new ArrayList<>();
    for (int key = 0; key < KEY_COUNT; key++) {
      List<String> list = new ArrayList<>(committed.getLast().get(key));
      list.addAll(own.get(key));
      next.add(Collections.unmodifiableList(list));
    }
    committed.add(next);
  }

  /// Transactions overlap now and then, but never within a session.
  private void end(Outcome outcome) {
    int session = random.nextInt(SESSION_COUNT);
    long invoke = Math.max(sessionEnds[session] + 1, time - random.nextInt(3));
    long end = invoke + random.nextInt(4);
    sessionEnds[session] = end;
    time = Math.max(time, invoke) + random.nextInt(2);
    builder.end(session, outcome, invoke, end);
  }
}
