package dev.nucleusdb.linearizability.level;

import dev.nucleusdb.linearizability.Workload;
import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Random histories of a few clients whose reads may be old: of a store that answers reads from
/// states that it had before, and now and then wrongly.
final class LevelHistories {
  private LevelHistories() {}

  /// @param stalePercent how often a read is answered from an earlier state
  static <S> History random(
      Workload<S> workload,
      SplittableRandom random,
      int clientCount,
      int operationCount,
      int stalePercent) {
    Map<Value, List<S>> states = new LinkedHashMap<>();
    long[] free = new long[clientCount];
    List<Operation> operations = new ArrayList<>();
    for (int number = 0; number < operationCount; number++) {
      int client = random.nextInt(clientCount);
      Value key = workload.key(random);
      Action asked = workload.ask(random, key, number);
      List<S> had = states.computeIfAbsent(key, _ -> new ArrayList<>());
      if (had.isEmpty()) {
        had.add(workload.model().initial());
      }
      Action answered = workload.answer(had.getLast(), asked);
      boolean reads = workload.model().observesOnly(answered);
      if (reads && random.nextInt(100) < stalePercent) {
        answered = workload.answer(had.get(random.nextInt(had.size())), asked);
      }
      boolean crashed = !reads && random.nextInt(6) == 0;
      S after = workload.model().step(had.getLast(), crashed ? asked : answered);
      if (after != null && !(crashed && random.nextBoolean())) {
        had.add(after);
      }
      Action seen =
          crashed ? asked : random.nextInt(12) == 0 ? workload.spoil(random, answered) : answered;
      long invoke = Math.max(free[client], 2L * number - random.nextInt(4));
      long end = Math.max(invoke, 2L * number + random.nextInt(4));
      free[client] = end + random.nextInt(2);
      operations.add(
          new Operation(
              number,
              0,
              client,
              seen,
              invoke,
              crashed ? Operation.NEVER : end,
              crashed ? Outcome.UNKNOWN : Outcome.OK));
    }
    operations.sort(Comparator.comparingLong(Operation::invokeTime));
    return new History(operations);
  }
}
