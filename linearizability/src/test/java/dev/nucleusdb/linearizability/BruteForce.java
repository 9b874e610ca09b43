package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The definition of linearizability for one object, tried out: every order, no memory, no
/// reduction, no event list.
public final class BruteForce<S> {
  /// With more operations than this, it takes too long.
  public static final int MAX_OPERATIONS = 9;

  private final Model<S> model;
  private final List<Operation> pending = new ArrayList<>();
  private final List<Operation> optional;

  BruteForce(Model<S> model, List<Operation> required, List<Operation> optional) {
    this.model = model;
    this.optional = optional;
    pending.addAll(required);
    pending.addAll(optional);
    pending.removeIf(operation -> operation.outcome() == Outcome.FAILED);
  }

  /// Whether every object of a history has an order.
  public static <S> boolean isLinearizable(Model<S> model, History history) {
    Model<S> fitted = model.fittedTo(history.operations());
    Map<Value, List<Operation>> objects = new LinkedHashMap<>();
    for (Operation operation : history.operations()) {
      objects
          .computeIfAbsent(fitted.partition(operation.action()), _ -> new ArrayList<>())
          .add(operation);
    }
    return objects.values().stream()
        .allMatch(operations -> new BruteForce<>(fitted, operations, List.of()).findsOrder());
  }

  boolean findsOrder() {
    return findsOrderFrom(model.initial(), 0);
  }

  private boolean findsOrderFrom(S state, long latestInvocation) {
    if (pending.stream().allMatch(this::mayBeMissing)) {
      return true;
    }
    for (int place = 0; place < pending.size(); place++) {
      Operation next = pending.get(place);
      if (next.returnTime() < latestInvocation) {
        continue;
      }
      S after = model.step(state, next.action());
      if (after != null) {
        pending.remove(place);
        boolean found = findsOrderFrom(after, Math.max(latestInvocation, next.invokeTime()));
        pending.add(place, next);
        if (found) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean mayBeMissing(Operation operation) {
    return operation.outcome() == Outcome.UNKNOWN || optional.contains(operation);
  }
}
