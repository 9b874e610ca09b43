package dev.nucleusdb.linearizability.report.page;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which colour the functions of a history have: 0 for those that only observe, 1 and on for those
/// that change something, in order of appearance.
final class Kinds {
  /// How many kinds of change have a colour of their own; after that they are used again.
  private static final int CHANGE_COUNT = 4;

  private final Map<String, Integer> kinds = new LinkedHashMap<>();

  Kinds(List<Operation> operations, Model<?> model) {
    Map<String, Boolean> observes = new LinkedHashMap<>();
    for (Operation operation : operations) {
      boolean only = model.observesOnly(operation.action());
      observes.merge(operation.action().function(), only, Boolean::logicalAnd);
    }
    int changes = 0;
    for (Map.Entry<String, Boolean> function : observes.entrySet()) {
      kinds.put(function.getKey(), function.getValue() ? 0 : 1 + changes++ % CHANGE_COUNT);
    }
  }

  /// The kind of an operation, 0 to 4.
  int of(Operation operation) {
    return kinds.getOrDefault(operation.action().function(), 0);
  }

  /// All functions, in order of appearance.
  List<String> functions() {
    return new ArrayList<>(kinds.keySet());
  }

  /// The kind of a function that appears.
  int of(String function) {
    return kinds.getOrDefault(function, 0);
  }
}
